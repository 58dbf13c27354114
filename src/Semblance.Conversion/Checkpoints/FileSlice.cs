using Microsoft.Win32.SafeHandles;

namespace Semblance.Conversion.Checkpoints;

/// <summary>A stretch of an open file. Nothing is read before it is asked for, and nothing outside the stretch can be.</summary>
/// <param name="File">The file.</param>
/// <param name="Offset">Where the stretch begins in the file.</param>
/// <param name="Length">Its bytes.</param>
internal sealed record FileSlice(SafeFileHandle File, long Offset, long Length)
{
    /// <summary>A whole file.</summary>
    public static FileSlice Of(SafeFileHandle file) => new(file, 0, RandomAccess.GetLength(file));

    /// <summary>A part of this stretch.</summary>
    /// <exception cref="ConversionException">It reaches outside.</exception>
    public FileSlice Part(long offset, long length, string what) =>
        offset >= 0 && length >= 0 && offset <= Length && length <= Length - offset
            ? new(File, Offset + offset, length)
            : throw new ConversionException(
                $"the file is cut off or damaged: {what} is said to take {length} bytes at {offset}, there are {Length}"
            );

    /// <summary>Fills a buffer.</summary>
    /// <exception cref="ConversionException">The stretch, or the file, ends before.</exception>
    public void Read(long at, Span<byte> buffer)
    {
        if (at < 0 || at > Length - buffer.Length)
            throw CutOff();
        while (!buffer.IsEmpty)
        {
            int read = RandomAccess.Read(File, buffer, Offset + at);
            if (read == 0)
                throw CutOff();
            at += read;
            buffer = buffer[read..];
        }
    }

    /// <summary>A few bytes.</summary>
    /// <inheritdoc cref="Read(long, Span{byte})"/>
    public byte[] Bytes(long at, int count)
    {
        if (count < 0 || at < 0 || at > Length - count)
            throw CutOff();
        byte[] bytes = new byte[count];
        Read(at, bytes);
        return bytes;
    }

    private static ConversionException CutOff() => new("the file is cut off");
}
