using System.Collections;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Semblance.Files;

namespace Semblance.Training.Identity;

/// <summary>
/// Crops on disk: a slot for every picture, then a byte a picture that says what became of it, then the reasons of those that cannot be
/// read. Only crops that are asked for are in memory, so that a set may be larger than that. Thread-safe.
/// </summary>
internal sealed class CropFile : IReadOnlyList<byte[]?>
{
    private const byte Missing = 0,
        Present = 1,
        Unreadable = 2;

    private readonly SafeFileHandle _file;
    private readonly byte[] _kinds;

    private CropFile(SafeFileHandle file, byte[] kinds, IReadOnlyDictionary<int, string> problems) =>
        (_file, _kinds, Problems) = (file, kinds, problems);

    /// <summary>Why pictures gave no crop, by their place.</summary>
    public IReadOnlyDictionary<int, string> Problems { get; }

    /// <inheritdoc/>
    public int Count => _kinds.Length;

    /// <summary>A crop, read anew; null where the picture gave none.</summary>
    public byte[]? this[int index]
    {
        get
        {
            if (_kinds[index] != Present)
                return null;
            byte[] crop = new byte[FaceCropper.Bytes];
            for (int done = 0, read; done < crop.Length; done += read)
            {
                read = RandomAccess.Read(_file, crop.AsSpan(done), SlotOf(index) + done);
                if (read == 0)
                    throw new IOException("a file of crops was cut off while it was used");
            }
            return crop;
        }
    }

    /// <summary>Opens a file of crops.</summary>
    /// <returns>Null where there is none of so many pictures, or it was cut off.</returns>
    public static CropFile? Open(string path, int count)
    {
        if (!File.Exists(path))
            return null;
        byte[] kinds = new byte[count];
        Dictionary<int, string> problems = [];
        try
        {
            using FileStream stream = RegularFile.Open(path);
            stream.Position = SlotOf(count);
            stream.ReadExactly(kinds);
            using BinaryReader reader = new(stream, Encoding.UTF8);
            for (int i = 0; i < count; i++)
                if (kinds[i] != Present)
                    problems[i] = kinds[i] == Unreadable ? reader.ReadString() : CropSet.NoFace;
        }
        catch (EndOfStreamException)
        {
            return null;
        }
        return new(RegularFile.OpenHandle(path), kinds, problems);
    }

    /// <summary>Makes a file of crops.</summary>
    /// <param name="path">The file.</param>
    /// <param name="count">Number of pictures.</param>
    /// <param name="make">Given a place and a function that keeps its crop, works through all of them on many threads.</param>
    /// <exception cref="FileWriteException">The disk is full; nothing is left behind.</exception>
    public static void Write(string path, int count, Func<Action<int, byte[]>, string?[]> make)
    {
        AtomicFile.Write(path, stream =>
        {
            string?[] problems = make((index, crop) => RandomAccess.Write(stream.SafeFileHandle, crop, SlotOf(index)));
            using MemoryStream tail = new();
            foreach (string? problem in problems)
                tail.WriteByte(
                    problem is null ? Present
                    : problem == CropSet.NoFace ? Missing
                    : Unreadable
                );
            using BinaryWriter reasons = new(tail, Encoding.UTF8);
            foreach (string problem in problems.OfType<string>().Where(problem => problem != CropSet.NoFace))
                reasons.Write(problem);
            reasons.Flush();
            RandomAccess.Write(stream.SafeFileHandle, tail.ToArray(), SlotOf(count));
        });
    }

    /// <inheritdoc/>
    public IEnumerator<byte[]?> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static long SlotOf(int index) => (long)index * FaceCropper.Bytes;
}
