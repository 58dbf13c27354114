using System.Text.Json;

namespace Semblance.Server.Bodies;

/// <summary>The memory that one request has, and its part of the budget: given back when the answer is sent.</summary>
/// <param name="pool">Where blocks come from.</param>
/// <param name="budget">Bounds what all requests hold.</param>
/// <param name="sender">Whether a key was shown before the body.</param>
internal sealed class RequestMemory(BodyPool pool, BodyBudget budget, Sender sender) : IDisposable
{
    private readonly List<IDisposable> _held = [];
    private long _counted;

    /// <summary>Where blocks come from.</summary>
    public BodyPool Pool => pool;

    /// <summary>Counts bytes that have come.</summary>
    /// <exception cref="Failures.RequestException">There is no room for them now.</exception>
    public void Count(int bytes)
    {
        if (sender == Sender.Unknown && budget.IsShort)
            throw BodyBudget.Full();
        budget.Claim(bytes);
        _counted += bytes;
    }

    /// <summary>Holds the first bytes of a block of the pool until the request has ended.</summary>
    public Memory<byte> Hold(byte[] block, int length)
    {
        BodyBuffer buffer = new(pool, block, length);
        _held.Add(buffer);
        return buffer.Memory;
    }

    /// <summary>Holds a document, which reads its bytes where they are.</summary>
    public JsonElement Hold(JsonDocument document)
    {
        _held.Add(document);
        return document.RootElement;
    }

    /// <summary>The newest first: a document before the bytes that it reads.</summary>
    public void Dispose()
    {
        for (int i = _held.Count - 1; i >= 0; i--)
            _held[i].Dispose();
        _held.Clear();
        budget.Release(Interlocked.Exchange(ref _counted, 0));
    }
}

/// <summary>Who sends a body.</summary>
internal enum Sender
{
    /// <summary>Somebody whose key was looked at, or anybody where there are no keys.</summary>
    Known,

    /// <summary>Somebody whose key comes in the body, or who needs none though others do.</summary>
    Unknown,
}
