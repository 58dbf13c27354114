using System.Buffers.Binary;
using System.Globalization;
using Semblance.Files;

namespace Semblance.Training.Identity;

/// <summary>
/// An MXNet RecordIO file with its index, as InsightFace's training sets come: records of a magic number, a length, and bytes padded to
/// four; the index names the place of each. Records may be read from several threads.
/// </summary>
internal sealed class RecordFile : IDisposable
{
    private const uint Magic = 0xCED7230A;
    private const int LengthBits = 29;
    private const long LargestIndex = 4L << 30;

    private readonly Microsoft.Win32.SafeHandles.SafeFileHandle _file;
    private readonly string _path;
    private readonly Dictionary<int, long> _places;

    private RecordFile(string path, Microsoft.Win32.SafeHandles.SafeFileHandle file, Dictionary<int, long> places) =>
        (_path, _file, _places) = (path, file, places);

    /// <summary>Keys of the records, in rising order.</summary>
    public IReadOnlyList<int> Keys => [.. _places.Keys.Order()];

    /// <summary>Opens a file and reads its index.</summary>
    /// <param name="path">The <c>.rec</c> file; the index is beside it with the ending <c>.idx</c>.</param>
    /// <exception cref="TrainingException">A file is missing, or the index is damaged.</exception>
    public static RecordFile Open(string path)
    {
        string index = Path.ChangeExtension(path, ".idx");
        if (!File.Exists(index))
            throw new TrainingException($"{path}: its index {index} is not there");
        Dictionary<int, long> places = [];
        int number = 0;
        foreach (string line in RegularFile.ReadLines(index, LargestIndex))
        {
            number++;
            string[] parts = line.Split('\t', StringSplitOptions.TrimEntries);
            if (
                parts is not [var key, var place]
                || !int.TryParse(key, CultureInfo.InvariantCulture, out int id)
                || !long.TryParse(place, CultureInfo.InvariantCulture, out long at)
            )
                throw new TrainingException($"{index}, line {number}: '{line}' is no key and place");
            places[id] = at;
        }
        return new(path, RegularFile.OpenHandle(path), places);
    }

    /// <summary>Reads one record.</summary>
    /// <exception cref="TrainingException">There is none of that key, or the file is damaged there.</exception>
    public byte[] Read(int key)
    {
        if (!_places.TryGetValue(key, out long place))
            throw new TrainingException($"{_path}: its index has no record {key}");
        byte[] head = Exactly(place, 8, key);
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(head),
            word = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
        if (magic != Magic)
            throw new TrainingException($"{_path}: no record starts at {place} (record {key}); the index belongs to another file");
        // A record that holds the magic number is split in parts; pictures with a header are written whole by InsightFace's tools.
        if (word >> LengthBits != 0)
            throw new TrainingException($"{_path}: record {key} is split in parts, which is not read");
        return Exactly(place + 8, (int)(word & ((1u << LengthBits) - 1)), key);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private byte[] Exactly(long place, int count, int key)
    {
        byte[] bytes = new byte[count];
        int done = 0;
        while (done < count)
        {
            int read = RandomAccess.Read(_file, bytes.AsSpan(done), place + done);
            if (read == 0)
                throw new TrainingException($"{_path}: ends inside record {key}; the file is cut off");
            done += read;
        }
        return bytes;
    }
}
