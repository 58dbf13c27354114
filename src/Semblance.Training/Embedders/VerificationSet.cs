using Semblance.Evaluation;
using Semblance.Evaluation.Verification;
using Semblance.Training.Identity;

namespace Semblance.Training.Embedders;

/// <summary>Pairs to measure on, with their crops.</summary>
/// <param name="Name">What figures call it.</param>
/// <param name="Pairs">The pairs.</param>
/// <param name="Images">Names of the images with a face.</param>
/// <param name="Crops">Their crops, 112 x 112 x 3 bytes each.</param>
/// <param name="Faceless">Names of the images without one.</param>
/// <param name="Degradation">Done to every crop before it is embedded; null for none.</param>
internal sealed record VerificationSet(
    string Name,
    IReadOnlyList<LabelledPair> Pairs,
    IReadOnlyList<string> Images,
    IReadOnlyList<byte[]> Crops,
    IReadOnlySet<string> Faceless,
    Degradation? Degradation
)
{
    /// <summary>Opens a set.</summary>
    /// <param name="source">A CSV with <c>image_a,image_b,same[,fold]</c> or an InsightFace <c>.bin</c>; a degradation may follow after an
    /// @, as in <c>pairs.csv@size:24</c>.</param>
    /// <param name="images">For a CSV: the folder that its images are relative to; null for the CSV's own.</param>
    /// <param name="cropper">Makes crops of a CSV's pictures; those of a <c>.bin</c> are aligned.</param>
    /// <param name="cache">Folder of caches; null for none.</param>
    /// <param name="threads">Pictures that are worked on at once; null for all cores.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="TrainingException">It is missing or damaged.</exception>
    public static VerificationSet Open(
        string source,
        string? images,
        FaceCropper cropper,
        string? cache,
        int? threads = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        // Folders may have an @ in their names.
        int at = source.LastIndexOf('@');
        bool degraded = at > source.LastIndexOf(Path.DirectorySeparatorChar) && !File.Exists(source);
        string path = degraded ? source[..at] : source;
        Degradation? degradation = degraded ? Degradation.Parse(source[(at + 1)..]) : null;
        if (!File.Exists(path))
            throw new TrainingException($"{path}: no such list of pairs");
        (IReadOnlyList<LabelledPair> pairs, FaceSample[] samples) =
            Path.GetExtension(path) == ".bin" ? BinSet(path) : CsvPairs(path, images);
        FaceCropper maker = Path.GetExtension(path) == ".bin" ? new(CropSource.Aligned, null) : cropper;
        CropSet crops = CropSet.Make([.. samples], maker, cache, threads, cancellationToken);
        (string Name, string Reason) unreadable = crops.Problems.FirstOrDefault(problem => problem.Reason != CropSet.NoFace);
        if (unreadable.Name is not null)
            throw new TrainingException($"{path} cannot be measured on: {unreadable.Reason}");
        return new(
            Path.GetFileNameWithoutExtension(path) + (degraded ? source[at..] : ""),
            pairs,
            [.. crops.Usable.Select(i => samples[i].Name)],
            new ChosenCrops([.. crops.Usable.Select(i => (crops, i))]),
            crops.Problems.Select(problem => problem.Name).ToHashSet(),
            degradation
        );
    }

    private static (IReadOnlyList<LabelledPair> Pairs, FaceSample[] Samples) CsvPairs(string path, string? images)
    {
        string folder = images ?? Path.GetDirectoryName(Path.GetFullPath(path))!;
        IReadOnlyList<LabelledPair> pairs = Read(path, LabelledPair.Read);
        LabelledPair[] full =
        [
            .. pairs.Select(pair => pair with { ImageA = Path.Combine(folder, pair.ImageA), ImageB = Path.Combine(folder, pair.ImageB) }),
        ];
        string[] files = [.. full.SelectMany(pair => new[] { pair.ImageA, pair.ImageB }).Distinct()];
        string[] missing = [.. files.Where(file => !File.Exists(file)).Take(3)];
        if (missing.Length > 0)
            throw new TrainingException(
                $"{path} names {string.Join(", ", missing)}, which is not there; give their folder with --eval-images or --calibrate-images"
            );
        return (full, [.. files.Select(file => FaceSample.OfFile(file, FaceSample.Unknown))]);
    }

    private static (IReadOnlyList<LabelledPair> Pairs, FaceSample[] Samples) BinSet(string path)
    {
        InsightFaceBin bin = Read(path, InsightFaceBin.Read);
        string Name(int i) => $"{path}#{i}";
        return (
            [.. bin.Same.Select((same, i) => new LabelledPair(Name(2 * i), Name(2 * i + 1), same))],
            [.. bin.Images.Select((image, i) => new FaceSample(Name(i), FaceSample.Unknown, () => image.ToArray()) { File = path })]
        );
    }

    private static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (EvaluationException e)
        {
            throw new TrainingException(e.Message, e);
        }
    }
}
