namespace Semblance.Training.Trainer;

/// <summary>Makes what depends on its number alone ahead of its use, on other threads.</summary>
/// <param name="make">Makes one.</param>
/// <param name="count">So many are made or wait.</param>
internal sealed class Ahead<T>(Func<long, T> make, int count) : IAsyncDisposable
{
    private readonly Queue<Task<T>> _tasks = [];
    private long _next = -1;

    /// <summary>Waits for one; numbers follow one another.</summary>
    public Task<T> At(long number)
    {
        if (_next < 0)
            _next = number;
        while (_tasks.Count <= count)
        {
            long current = _next++;
            _tasks.Enqueue(Task.Run(() => make(current)));
        }
        return _tasks.Dequeue();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        while (_tasks.TryDequeue(out Task<T>? task))
            await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
