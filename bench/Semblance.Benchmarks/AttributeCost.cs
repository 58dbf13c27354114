using Semblance.Detection;
using Semblance.Imaging;

namespace Semblance.Benchmarks;

/// <summary>
/// What age, gender and expression cost a face beside its embedding, on one thread: the line with the embedding alone and with the
/// attributes, in turn, with the pack's model of age and with others, e.g. one of an earlier version. The face is known beforehand, so that
/// looking for it adds no noise.
/// </summary>
internal static class AttributeCost
{
    private const int Rounds = 60,
        Repetitions = 5;
    private const FaceFeatures Attributes = FaceFeatures.Age | FaceFeatures.Gender | FaceFeatures.Emotion;

    public static void Run(string photograph, IReadOnlyList<string> models)
    {
        using FaceImage image = FaceImage.FromFile(photograph);
        DetectedFace face = FaceOf(image);
        string[] names = ["the pack's", .. models];
        FaceAnalyzer[] analyzers =
        [
            .. names.Select(
                (name, i) =>
                {
                    FaceAnalyzerBuilder builder = FaceAnalyzer
                        .CreateBuilder()
                        .UseDetector(new KnownFace(face))
                        .UseExecution(new Runtime.ExecutionOptions { Threads = 1 });
                    return (i == 0 ? builder : builder.UseAttributes(name)).Build();
                }
            ),
        ];
        Func<Cost>[] ways =
        [
            () => Of(analyzers[0], FaceFeatures.Embedding),
            .. analyzers.Select(analyzer => (Func<Cost>)(() => Of(analyzer, FaceFeatures.Embedding | Attributes))),
            .. analyzers.Select(analyzer => (Func<Cost>)(() => Of(analyzer, Attributes))),
        ];
        foreach (Func<Cost> way in ways)
            way();
        List<Cost>[] costs = [.. ways.Select(_ => new List<Cost>())];
        for (int round = 0; round < Rounds; round++)
        for (int i = 0; i < ways.Length; i++)
            costs[i].Add(ways[i]());
        Console.WriteLine($"the embedding alone {Cost.Median(costs[0]).Processor:0.00} ms a face, processor time");
        for (int i = 0; i < names.Length; i++)
            Console.WriteLine(
                $"age model {names[i]}: age, gender and expression beside it {More(costs[i + 1]):0.00} ms more, without it "
                    + $"{Cost.Median(costs[i + 1 + names.Length]).Processor:0.00} ms"
            );
        foreach (FaceAnalyzer analyzer in analyzers)
            analyzer.Dispose();

        // Round by round, so that what slows the machine for a while slows both.
        double More(List<Cost> beside) =>
            Cost.Median([.. beside.Zip(costs[0], (b, a) => new Cost(0, b.Processor - a.Processor))]).Processor;

        Cost Of(FaceAnalyzer analyzer, FaceFeatures features) =>
            Cost.Of(
                () =>
                {
                    for (int i = 0; i < Repetitions; i++)
                        analyzer.Analyze(image, features);
                },
                Repetitions
            );
    }

    private static DetectedFace FaceOf(FaceImage image)
    {
        using FaceAnalyzer analyzer = FaceAnalyzer.CreateDefault();
        return analyzer.Detector.Detect(image, DetectionOptions.Default).MaxBy(found => found.Box.Width * found.Box.Height)
            ?? throw new InvalidOperationException($"{image.Name} shows no face");
    }

    /// <summary>Finds what was found before.</summary>
    private sealed class KnownFace(DetectedFace face) : IFaceDetector
    {
        public string Id => "known";

        public float ScoreFloor => 0;

        public IReadOnlyList<DetectedFace> Detect(
            FaceImage image,
            DetectionOptions options,
            CancellationToken cancellationToken = default
        ) => [face];

        public void Dispose() { }
    }
}
