using System.Security.Cryptography;
using System.Text;

namespace Semblance.Training.Identity;

/// <summary>The crops of a list of pictures, in memory as bytes, and on disk for the next time.</summary>
/// <param name="Crops">112 x 112 x 3 bytes of RGB, in the order of the pictures; null where a picture gave none.</param>
/// <param name="Problems">Why pictures gave none: name and reason.</param>
public sealed record CropSet(IReadOnlyList<byte[]?> Crops, IReadOnlyList<(string Name, string Reason)> Problems)
{
    private const byte Missing = 0, Present = 1, Unreadable = 2;

    /// <summary>Makes the crops, or takes them from the cache.</summary>
    /// <param name="samples">The pictures.</param>
    /// <param name="cropper">Makes a crop.</param>
    /// <param name="cache">Folder of caches; null for none.</param>
    /// <param name="threads">Pictures that are worked on at once; null for all cores.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    public static CropSet Make(IReadOnlyList<FaceSample> samples, FaceCropper cropper, string? cache, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(cropper);
        string? file = cache is null ? null : Path.Combine(cache, KeyOf(samples, cropper) + ".crops");
        if (file is not null && Load(file, samples) is { } known) return known;

        byte[]?[] crops = new byte[samples.Count][];
        string?[] problems = new string[samples.Count];
        Parallel.For(0, samples.Count, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount }, i =>
        {
            try
            {
                crops[i] = cropper.Crop(samples[i].Read(), samples[i].Name);
                if (crops[i] is null) problems[i] = NoFace;
            }
            catch (Exception e) when (e is SemblanceException or IOException or UnauthorizedAccessException)
            {
                problems[i] = e.Message;
            }
        });
        if (file is not null) Save(file, crops, problems);
        return new(crops, [.. Enumerable.Range(0, crops.Length).Where(i => problems[i] is not null).Select(i => (samples[i].Name, problems[i]!))]);
    }

    /// <summary>The reason of a picture without a face.</summary>
    public const string NoFace = "no face found";

    private static string KeyOf(IReadOnlyList<FaceSample> samples, FaceCropper cropper)
    {
        StringBuilder text = new(cropper.Id);
        string? file = null;
        foreach (FaceSample sample in samples)
        {
            text.Append('\n').Append(sample.Name);
            if (sample.File == file) continue;
            file = sample.File;
            if (File.Exists(file)) text.Append(' ').Append(new FileInfo(file).Length).Append(' ').Append(File.GetLastWriteTimeUtc(file).Ticks);
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..24];
    }

    private static CropSet? Load(string file, IReadOnlyList<FaceSample> samples)
    {
        if (!File.Exists(file)) return null;
        using BinaryReader reader = new(File.OpenRead(file));
        byte[]?[] crops = new byte[samples.Count][];
        List<(string, string)> problems = [];
        try
        {
            for (int i = 0; i < crops.Length; i++)
            {
                switch (reader.ReadByte())
                {
                    case Present:
                        crops[i] = reader.ReadBytes(FaceCropper.Bytes) is { Length: FaceCropper.Bytes } crop ? crop : throw new EndOfStreamException();
                        break;
                    case Unreadable:
                        problems.Add((samples[i].Name, reader.ReadString()));
                        break;
                    default:
                        problems.Add((samples[i].Name, NoFace));
                        break;
                }
            }
        }
        catch (EndOfStreamException)
        {
            // A cache that was cut off is made again.
            return null;
        }
        return new(crops, problems);
    }

    private static void Save(string file, byte[]?[] crops, string?[] problems)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        string temporary = file + ".tmp";
        using (BinaryWriter writer = new(File.Create(temporary)))
        {
            for (int i = 0; i < crops.Length; i++)
            {
                writer.Write(crops[i] is not null ? Present : problems[i] == NoFace ? Missing : Unreadable);
                if (crops[i] is { } crop) writer.Write(crop);
                else if (problems[i] != NoFace) writer.Write(problems[i]!);
            }
        }
        File.Move(temporary, file, overwrite: true);
    }
}
