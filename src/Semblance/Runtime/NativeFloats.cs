using System.Buffers;
using System.Runtime.InteropServices;

namespace Semblance.Runtime;

/// <summary>Numbers outside the garbage collector's memory, which go back to the system on Dispose instead of at some later collection.
/// What they are at first is not defined.</summary>
internal sealed unsafe class NativeFloats : MemoryManager<float>
{
    private readonly int _length;
    private float* _values;

    /// <param name="length">How many.</param>
    public NativeFloats(int length)
    {
        _length = length;
        _values = (float*)NativeMemory.Alloc((nuint)length, sizeof(float));
    }

    private float* Values => _values is null ? throw new ObjectDisposedException(nameof(NativeFloats)) : _values;

    public override Span<float> GetSpan() => new(Values, _length);

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(elementIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elementIndex, _length);
        return new MemoryHandle(Values + elementIndex, pinnable: this);
    }

    public override void Unpin()
    {
        // It never moves.
    }

    protected override void Dispose(bool disposing)
    {
        if (_values is null)
            return;
        NativeMemory.Free(_values);
        _values = null;
    }
}
