namespace Semblance.Conversion.Checkpoints;

/// <summary>A run of numbers in a file, which several tensors may look at.</summary>
/// <param name="type">How they are written.</param>
/// <param name="count">How many there are said to be.</param>
internal sealed class TensorStorage(ElementType type, long count)
{
    private FileSlice? _data;

    /// <summary>How the numbers are written.</summary>
    public ElementType Type => type;

    /// <summary>How many there are.</summary>
    public long Count => count;

    /// <summary>Bytes of the file that holds it: no tensor may claim more.</summary>
    public required long FileLength { get; init; }

    /// <summary>Where the numbers are; known in older files only after everything else was read.</summary>
    /// <exception cref="ConversionException">Their length is not the announced one, or the file ends before them.</exception>
    public FileSlice Data
    {
        get => _data ?? throw new ConversionException("the file is cut off: it lacks the numbers of a tensor");
        set =>
            _data =
                value.Length == checked(count * type.Size())
                    ? value
                    : throw new ConversionException(
                        $"a storage is announced with {count} numbers of {type}, the file has {value.Length} bytes for it"
                    );
    }

    /// <summary>Whether the numbers were found.</summary>
    public bool IsFound => _data is not null;
}
