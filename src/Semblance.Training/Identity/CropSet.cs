using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using Semblance.Files;

namespace Semblance.Training.Identity;

/// <summary>The crops of a list of pictures: on disk where there is a folder for caches, so that they are made once and need no memory,
/// else in memory.</summary>
/// <param name="Crops">112 x 112 x 3 bytes of RGB, in the order of the pictures; null where a picture gave none.</param>
/// <param name="Problems">Why pictures gave none: name and reason.</param>
internal sealed record CropSet(IReadOnlyList<byte[]?> Crops, IReadOnlyList<(string Name, string Reason)> Problems)
{
    /// <summary>The reason of a picture without a face.</summary>
    public const string NoFace = "no face found";

    private HashSet<int> Without { get; init; } = [];

    /// <summary>Places of the pictures that gave a crop.</summary>
    public IEnumerable<int> Usable => Enumerable.Range(0, Crops.Count).Where(Has);

    /// <summary>Whether a picture gave a crop.</summary>
    public bool Has(int index) => !Without.Contains(index);

    /// <summary>Makes the crops, or takes them from the cache.</summary>
    /// <param name="samples">The pictures.</param>
    /// <param name="cropper">Makes a crop.</param>
    /// <param name="cache">Folder of caches; null for none.</param>
    /// <param name="threads">Pictures that are worked on at once; null for all cores.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    /// <exception cref="FileWriteException">The disk of the cache is full.</exception>
    public static CropSet Make(
        IReadOnlyList<FaceSample> samples,
        FaceCropper cropper,
        string? cache,
        int? threads = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(cropper);
        if (cache is null)
        {
            byte[]?[] crops = new byte[samples.Count][];
            string?[] reasons = CropAll(samples, cropper, (index, crop) => crops[index] = crop, threads, cancellationToken);
            return Of(
                samples,
                crops,
                Enumerable.Range(0, reasons.Length).Where(i => reasons[i] is not null).ToDictionary(i => i, i => reasons[i]!)
            );
        }
        string path = Path.Combine(cache, KeyOf(samples, cropper) + ".crops");
        CropFile? file = CropFile.Open(path, samples.Count);
        if (file is null)
        {
            CropFile.Write(path, samples.Count, keep => CropAll(samples, cropper, keep, threads, cancellationToken));
            file = CropFile.Open(path, samples.Count) ?? throw new IOException($"{path} was changed by another program");
        }
        return Of(samples, file, file.Problems);
    }

    /// <summary>Crops all pictures; what is no fault of a picture stops it.</summary>
    /// <returns>For every picture why it gave no crop; null where it did.</returns>
    private static string?[] CropAll(
        IReadOnlyList<FaceSample> samples,
        FaceCropper cropper,
        Action<int, byte[]> keep,
        int? threads,
        CancellationToken cancellationToken
    )
    {
        string?[] problems = new string[samples.Count];
        try
        {
            Parallel.For(
                0,
                samples.Count,
                new ParallelOptions
                {
                    CancellationToken = cancellationToken,
                    MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount,
                },
                i =>
                {
                    if (CropOne(samples[i], cropper, out problems[i]) is { } crop)
                        keep(i, crop);
                }
            );
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        return problems;
    }

    private static byte[]? CropOne(FaceSample sample, FaceCropper cropper, out string? problem)
    {
        try
        {
            byte[]? crop = cropper.Crop(sample.Read(), sample.Name);
            problem = crop is null ? NoFace : null;
            return crop;
        }
        catch (Exception e) when (e is SemblanceException or IOException or UnauthorizedAccessException)
        {
            problem = e.Message;
            return null;
        }
    }

    private static CropSet Of(IReadOnlyList<FaceSample> samples, IReadOnlyList<byte[]?> crops, IReadOnlyDictionary<int, string> problems) =>
        new(crops, [.. problems.OrderBy(problem => problem.Key).Select(problem => (samples[problem.Key].Name, problem.Value))])
        {
            Without = [.. problems.Keys],
        };

    private static string KeyOf(IReadOnlyList<FaceSample> samples, FaceCropper cropper)
    {
        StringBuilder text = new("slots, ");
        text.Append(cropper.Id);
        string? file = null;
        foreach (FaceSample sample in samples)
        {
            text.Append('\n').Append(sample.Name);
            if (sample.File == file)
                continue;
            file = sample.File;
            if (File.Exists(file))
                text.Append(' ').Append(new FileInfo(file).Length).Append(' ').Append(File.GetLastWriteTimeUtc(file).Ticks);
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..24];
    }
}
