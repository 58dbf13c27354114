using System.Text.Json;

namespace Semblance.Server.Bodies;

/// <summary>The memory that one request has, and its claim to it: given back when the answer is sent.</summary>
internal sealed class RequestMemory(BodyPool pool, IDisposable claim) : IDisposable
{
    private readonly List<IDisposable> _held = [claim];

    /// <summary>Where blocks come from.</summary>
    public BodyPool Pool => pool;

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
    }
}
