using Semblance.Files;
using Semblance.Training.Identity;
using Semblance.Training.Networks;
using static TorchSharp.torch;

namespace Semblance.Training.Embedders;

/// <summary>Crops of nobody in particular with the embeddings that the untrained network gives them.</summary>
/// <param name="Crops">112 x 112 x 3 bytes each.</param>
/// <param name="Targets">[N, d], unit vectors.</param>
/// <param name="Layout">The network's input.</param>
internal sealed record DistilledCrops(IReadOnlyList<byte[]> Crops, Tensor Targets, InputLayout Layout)
{
    /// <summary>How they are varied.</summary>
    public const Augmentation Variation = Augmentation.Degrading;

    /// <summary>Keeps the order of these batches apart from that of the labelled ones.</summary>
    public const int SeedOffset = 7919;

    private const long LargestList = 4L << 30;

    /// <summary>Opens all sources and embeds their clean crops.</summary>
    public static DistilledCrops? Open(
        EmbedderOptions options,
        TrainableEmbedder teacher,
        FaceCropper cropper,
        string cache,
        Device device,
        Action<string> say,
        CancellationToken stop
    )
    {
        if (options.Distill.Count == 0)
            return null;
        List<(CropSet, int)> chosen = [];
        foreach (string source in options.Distill)
        {
            FaceSample[] samples = Samples(source);
            CropSet made = CropSet.Make(samples, cropper, cache, options.Threads, stop);
            CropReport.Tell(source, samples.Length, made, say);
            chosen.AddRange(made.Usable.Select(i => (made, i)));
        }
        if (chosen.Count == 0)
            throw new TrainingException($"{string.Join(", ", options.Distill)}: no picture gave a crop");
        ChosenCrops crops = new(chosen);
        float[][] targets = CropEmbedding.Embed(teacher.ToOnnx(), crops, teacher.Layout, threads: options.Threads, cancellationToken: stop);
        return new(
            crops,
            tensor(targets.SelectMany(vector => vector).ToArray(), [targets.Length, targets[0].Length], device: device)
                .DetachFromDisposeScope(),
            teacher.Layout
        );
    }

    /// <summary>A folder of pictures at any depth, or a list: a text file with a path a line, relative to the list.</summary>
    private static FaceSample[] Samples(string source)
    {
        if (Directory.Exists(source))
            return [.. IdentitySet.PicturesBelow(source).Select(file => FaceSample.OfFile(file, FaceSample.Unknown))];
        if (!File.Exists(source))
            throw new TrainingException($"{source}: no such folder or list of pictures");
        string folder = Path.GetDirectoryName(Path.GetFullPath(source))!;
        string[] files =
        [
            .. RegularFile.ReadLines(source, LargestList).Where(line => line.Length > 0).Select(line => Path.Combine(folder, line)),
        ];
        string? missing = files.FirstOrDefault(file => !File.Exists(file));
        return missing is null
            ? [.. files.Select(file => FaceSample.OfFile(file, FaceSample.Unknown))]
            : throw new TrainingException($"{source} names {missing}, which is not there");
    }
}
