using Semblance.Conversion.Weights;

namespace Semblance.Conversion.Checkpoints;

/// <summary>A view of a storage: any offset, any strides, as PyTorch's transposed, sliced and shared tensors have.</summary>
internal sealed class TorchTensor : StateTensor
{
    /// <summary>PyTorch's own limit is 64 axes; networks have at most five.</summary>
    private const int MostAxes = 8;

    /// <summary>A view that leaves more than this many numbers out for each that it has is read piece by piece.</summary>
    private const int Sparse = 8;

    private readonly TensorStorage _storage;
    private readonly ElementType _type;
    private readonly long _offset;
    private readonly long[] _strides;

    private TorchTensor(TensorStorage storage, ElementType type, long offset, long[] shape, long[] strides)
        : base(shape)
    {
        (_storage, _type, _offset, _strides) = (storage, type, offset, strides);
    }

    /// <summary>Creates a view and checks that it stays inside its storage and claims no more numbers than the file could hold.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="type">How the numbers are written, where the storage is one of bytes.</param>
    /// <param name="offset">Number of the first element.</param>
    /// <param name="shape">Sizes of the axes.</param>
    /// <param name="strides">Elements from one index of an axis to the next.</param>
    /// <exception cref="ConversionException">It does not.</exception>
    public static TorchTensor Create(TensorStorage storage, ElementType type, long offset, long[] shape, long[] strides)
    {
        string what =
            $"a tensor of shape [{string.Join(", ", shape.Take(MostAxes))}] and strides [{string.Join(", ", strides.Take(MostAxes))}]";
        if (shape.Length != strides.Length || shape.Length > MostAxes)
            throw new ConversionException($"{what} has {shape.Length} sizes and {strides.Length} strides");
        if (offset < 0 || Array.Exists(shape, size => size < 0) || Array.Exists(strides, stride => stride < 0))
            throw new ConversionException($"{what} has a negative size, stride or offset");
        long room = storage.Count * storage.Type.Size() / type.Size(),
            most = storage.FileLength / type.Size();
        Int128 count = 1,
            last = offset;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            count = Int128.Min(count * shape[axis], long.MaxValue);
            last = Int128.Min(last + (Int128)Math.Max(0, shape[axis] - 1) * strides[axis], long.MaxValue);
        }
        if (count > 0 && last >= room)
            throw new ConversionException($"{what} reaches beyond its storage of {room} numbers");
        if (count > most)
            throw new ConversionException($"{what} claims {count} numbers, more than the file could hold");
        return new(storage, type, offset, shape, strides);
    }

    /// <inheritdoc/>
    public override float[] ToFloats()
    {
        if (Count > Array.MaxLength)
            throw new ConversionException($"a tensor of {Count} numbers is too large");
        float[] values = new float[Count];
        if (values.Length == 0)
            return values;
        if (IsContiguous())
            ElementReader.Read(_storage.Data, _type, _offset, values);
        else
            Gather(values);
        return values;
    }

    private bool IsContiguous()
    {
        long expected = 1;
        for (int axis = Shape.Count - 1; axis >= 0; axis--)
        {
            if (Shape[axis] != 1 && _strides[axis] != expected)
                return false;
            expected *= Shape[axis];
        }
        return true;
    }

    /// <summary>
    /// Reads what lies between the first and the last element once and picks from it; where little of that is used, reads only runs of
    /// neighbours.
    /// </summary>
    private void Gather(Span<float> values)
    {
        long extent = 1;
        for (int axis = 0; axis < Shape.Count; axis++)
            extent += (Shape[axis] - 1) * _strides[axis];
        bool dense = extent <= Sparse * (long)values.Length;
        float[] stretch = dense ? new float[extent] : [];
        if (dense)
            ElementReader.Read(_storage.Data, _type, _offset, stretch);
        int run = !dense && _strides[^1] == 1 ? (int)Shape[^1] : 1;
        long[] index = new long[Shape.Count];
        long at = 0;
        for (int i = 0; i < values.Length; i += run)
        {
            if (dense)
                values[i] = stretch[at];
            else
                ElementReader.Read(_storage.Data, _type, _offset + at, values.Slice(i, run));
            for (int axis = index.Length - (run > 1 ? 2 : 1); axis >= 0; axis--)
            {
                at += _strides[axis];
                if (++index[axis] < Shape[axis])
                    break;
                at -= _strides[axis] * Shape[axis];
                index[axis] = 0;
            }
        }
    }
}
