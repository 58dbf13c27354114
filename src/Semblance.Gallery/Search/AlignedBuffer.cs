using System.Runtime.CompilerServices;

namespace Semblance.Gallery.Search;

/// <summary>An array that the collector does not move, starting at a cache line, so that vector loads cross none.</summary>
internal sealed unsafe class AlignedBuffer<T>
    where T : unmanaged
{
    private const int Alignment = 64;
    private readonly byte[] _memory;
    private readonly int _offset;

    public AlignedBuffer(int length)
    {
        Length = length;
        _memory = GC.AllocateUninitializedArray<byte>(length * sizeof(T) + Alignment, pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref _memory[0]);
        _offset = (int)(Alignment - address % Alignment) % Alignment;
    }

    public int Length { get; }

    /// <summary>Valid while this object is reachable.</summary>
    public T* Pointer => (T*)((byte*)Unsafe.AsPointer(ref _memory[0]) + _offset);

    public Span<T> Span => new(Pointer, Length);
}
