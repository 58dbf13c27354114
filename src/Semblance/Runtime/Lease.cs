namespace Semblance.Runtime;

/// <summary>
/// Lets something be used by many threads and ended once: ending waits until nobody uses it any more, and who comes later is turned away.
/// </summary>
/// <param name="owner">Whose name the error of those turned away has.</param>
internal sealed class Lease(object owner)
{
    private readonly object _gate = new();
    private int _users;
    private bool _ended;

    /// <summary>Begins a use, which ends when what is returned is disposed of.</summary>
    /// <exception cref="ObjectDisposedException">It has ended.</exception>
    public Use Begin()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_ended, owner);
            _users++;
        }
        return new(this);
    }

    /// <summary>Ends it, and waits for those who use it. Not to be called while using it.</summary>
    /// <returns>Whether this call ended it; false when it had ended before.</returns>
    public bool End()
    {
        lock (_gate)
        {
            bool first = !_ended;
            _ended = true;
            while (_users > 0)
                Monitor.Wait(_gate);
            return first;
        }
    }

    private void Return()
    {
        lock (_gate)
        {
            if (--_users == 0 && _ended)
                Monitor.PulseAll(_gate);
        }
    }

    /// <summary>One use.</summary>
    public readonly struct Use(Lease lease) : IDisposable
    {
        /// <summary>Ends the use.</summary>
        public void Dispose() => lease.Return();
    }
}
