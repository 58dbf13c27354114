using System.Buffers.Binary;
using System.Globalization;

namespace Semblance.Training.Identity;

/// <summary>
/// InsightFace's layout of a record file: every record has a header (flag, label, id, id2); record 0 has flag above 0 and, as its label,
/// the range of keys that stand for people; the pictures come before them, each labelled with the index of a person.
/// </summary>
internal static class RecordSet
{
    private const int HeaderBytes = 24;

    public static IdentitySet Open(string path)
    {
        RecordFile file = RecordFile.Open(path);
        if (file.Keys.Count == 0)
            throw new TrainingException($"{path}: its index is empty");
        (float[] first, _) = Split(path, 0, file.Read(file.Keys[0]));
        int[] pictures = first.Length >= 2 ? [.. file.Keys.Where(key => key > 0 && key < (int)first[0])] : [.. file.Keys];
        List<(int Key, int Label)> labelled = new(pictures.Length);
        foreach (int key in pictures)
        {
            (float[] label, ReadOnlyMemory<byte> picture) = Split(path, key, file.Read(key));
            if (label.Length == 0 || label[0] < 0 || label[0] != MathF.Floor(label[0]) || picture.IsEmpty)
                throw new TrainingException($"{path}: record {key} is no picture with the index of a person");
            labelled.Add((key, (int)label[0]));
        }
        if (labelled.Count == 0)
            throw new TrainingException($"{path}: holds no pictures");
        int[] people = [.. labelled.Select(sample => sample.Label).Distinct().Order()];
        Dictionary<int, int> indexes = people.Select((label, index) => (label, index)).ToDictionary(pair => pair.label, pair => pair.index);
        return new(
            path,
            [.. people.Select(label => label.ToString(CultureInfo.InvariantCulture))],
            [
                .. labelled.Select(sample => new FaceSample($"{path}#{sample.Key}", indexes[sample.Label], () =>
                    Split(path, sample.Key, file.Read(sample.Key)).Picture.ToArray()
                )
                {
                    File = path,
                }),
            ]
        );
    }

    /// <summary>Label and picture of a record: uint32 flag, float label, uint64 id and id2; a flag above 0 is the number of labels behind
    /// the header.</summary>
    private static (float[] Label, ReadOnlyMemory<byte> Picture) Split(string path, int key, byte[] record)
    {
        if (record.Length < HeaderBytes)
            throw new TrainingException($"{path}: record {key} is shorter than its header");
        uint flag = BinaryPrimitives.ReadUInt32LittleEndian(record);
        if (flag == 0)
            return ([BinaryPrimitives.ReadSingleLittleEndian(record.AsSpan(4))], record.AsMemory(HeaderBytes));
        if (flag > (record.Length - HeaderBytes) / 4)
            throw new TrainingException($"{path}: record {key} claims {flag} labels and is too short for them");
        float[] labels =
        [
            .. Enumerable.Range(0, (int)flag).Select(i => BinaryPrimitives.ReadSingleLittleEndian(record.AsSpan(HeaderBytes + 4 * i))),
        ];
        return (labels, record.AsMemory(HeaderBytes + 4 * (int)flag));
    }
}
