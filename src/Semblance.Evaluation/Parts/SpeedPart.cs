using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Running;

namespace Semblance.Evaluation.Parts;

/// <summary>How long the stages take on a set's pictures, one at a time.</summary>
public static class SpeedPart
{
    private const int Pictures = 60;

    private static readonly string[] Stages = ["decode", "detect", "align", "embed"];

    /// <summary>Measures on evenly chosen pictures of a set; nothing is taken from earlier runs.</summary>
    /// <param name="analyzer">What is measured.</param>
    /// <param name="source">The set.</param>
    /// <param name="images">Its pictures.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<ReportSection> MeasureAsync(
        FaceAnalyzer analyzer,
        PartSource source,
        IReadOnlyList<string> images,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(analyzer);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(images);
        string[] chosen =
        [
            .. Enumerable
                .Range(0, Math.Min(Pictures, images.Count))
                .Select(i => images[(int)((long)i * images.Count / Math.Min(Pictures, images.Count))]),
        ];
        List<double[]> times = [];
        foreach (EvaluationPicture picture in source.Set.Pictures(chosen.Take(1).Concat(chosen).ToArray()))
        {
            ImageAnalysis analysis = await analyzer
                .AnalyzeAsync(Imaging.PictureItem.FromBytes(picture.Name, picture.Read()), FaceFeatures.Embedding, cancellationToken)
                .ConfigureAwait(false);
            StageTimings timings = analysis.Timings ?? new();
            times.Add([timings.Decode, timings.Detect, timings.Align ?? 0, timings.Embed ?? 0]);
        }
        // The first picture loads the networks.
        times.RemoveAt(0);
        double memory = Environment.WorkingSet / 1e6;
        double[] medians = [.. Stages.Select((_, s) => Median([.. times.Select(t => t[s])]))];
        double whole = Median([.. times.Select(t => t.Sum())]);
        return new()
        {
            Id = "speed",
            Title = "Speed and memory",
            AskedFor = ["EU AI Act Art. 13 (resources)"],
            Data = source.Id,
            Finding =
                $"From the file to the embedding a picture takes {ReportText.Number(whole, FigureKind.Milliseconds)} in the median, of "
                + $"which detection is {ReportText.Number(medians[1], FigureKind.Milliseconds)}; the process held {memory:0} MB.",
            Protocol =
                $"{times.Count} pictures of {source.Id}, one after the other, after one that loaded the networks. The machine may have "
                + "had other work; benchmarks with quiet machines are a command of their own.",
            Figures =
            [
                new("whole", "file to embedding, median", whole, FigureKind.Milliseconds) { Count = times.Count },
                .. Stages.Select(
                    (stage, s) => new ReportFigure(stage, $"{stage}, median", medians[s], FigureKind.Milliseconds) { Count = times.Count }
                ),
                new("memory", "megabytes held", memory, FigureKind.Count),
            ],
        };
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
