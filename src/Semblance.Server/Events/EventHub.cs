using System.Threading.Channels;

namespace Semblance.Server.Events;

/// <summary>Hands events to everybody who listens. A listener that does not keep up loses the oldest, and is told so by the gap in
/// ids.</summary>
internal sealed class EventHub(TimeProvider clock)
{
    private const int Kept = 1_000;

    private readonly Lock _gate = new();
    private readonly List<Channel<ServiceEvent>> _listeners = [];
    private readonly LinkedList<ServiceEvent> _recent = [];
    private long _last;

    /// <summary>Listeners now.</summary>
    public int Listeners
    {
        get
        {
            lock (_gate)
                return _listeners.Count;
        }
    }

    /// <summary>Tells everybody.</summary>
    public void Publish(string type, string gallery, string requestId, Guid? person = null, string? name = null, string? input = null)
    {
        lock (_gate)
        {
            ServiceEvent made = new(++_last, type, clock.GetUtcNow(), gallery, requestId, person, name, input);
            if (type == EventTypes.Removed)
                Forget(gallery, person);
            _recent.AddLast(made);
            if (_recent.Count > Kept)
                _recent.RemoveFirst();
            foreach (Channel<ServiceEvent> listener in _listeners)
                listener.Writer.TryWrite(made);
        }
    }

    /// <summary>Listens until the subscription is disposed of.</summary>
    /// <param name="after">Events after this one that are still remembered come first; null for new ones alone.</param>
    public Subscription Listen(long? after = null)
    {
        Channel<ServiceEvent> channel = Channel.CreateBounded<ServiceEvent>(
            new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest }
        );
        lock (_gate)
        {
            if (after is { } last)
                foreach (ServiceEvent missed in _recent.Where(missed => missed.Id > last))
                    channel.Writer.TryWrite(missed);
            _listeners.Add(channel);
        }
        return new(this, channel);
    }

    /// <summary>Who listens later learns no more of somebody who was removed than that it happened.</summary>
    private void Forget(string gallery, Guid? person)
    {
        for (LinkedListNode<ServiceEvent>? node = _recent.First; node is not null; node = node.Next)
            if (node.Value.Person == person && node.Value.Gallery == gallery)
                node.Value = node.Value with { Name = null, Input = null };
    }

    /// <summary>A listener's place.</summary>
    internal sealed class Subscription(EventHub hub, Channel<ServiceEvent> channel) : IDisposable
    {
        public ChannelReader<ServiceEvent> Events => channel.Reader;

        public void Dispose()
        {
            lock (hub._gate)
                hub._listeners.Remove(channel);
        }
    }
}
