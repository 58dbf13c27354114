using System.Collections.Concurrent;
using Semblance.Embedding;
using Semblance.Evaluation.Verification;

namespace Semblance.Evaluation.Tests.Verification;

public sealed class VerificationEvaluationTests
{
    private static readonly float[] AlongX = [1, 0],
        AlongY = [0, 1];

    private static readonly LabelledPair[] Pairs =
    [
        new("a1", "a2", true),
        new("b1", "b2", true),
        new("a1", "b1", false),
        new("a2", "b2", false),
    ];

    [Fact]
    public async Task Every_picture_is_embedded_once_and_reported()
    {
        ConcurrentBag<string> asked = [];
        Recorder progress = new();
        VerificationReport report = await VerificationEvaluation.RunAsync(
            Pairs,
            (image, _) =>
            {
                asked.Add(image);
                return Task.FromResult<FaceEmbedding?>(Face(image));
            },
            progress,
            parallelism: 2,
            Stop
        );
        Assert.Equal(["a1", "a2", "b1", "b2"], asked.Order());
        Assert.Equal([1, 2, 3, 4], progress.Seen.Select(step => step.Done).Order());
        Assert.All(progress.Seen, step => Assert.Equal(4, step.Total));
        Assert.Equal((4, 4, 0, 1.0), (report.Pairs, report.Images, report.Missed, report.Auc));
    }

    [Fact]
    public async Task A_picture_without_a_face_is_missed_once_and_spoils_each_of_its_pairs()
    {
        VerificationReport report = await VerificationEvaluation.RunAsync(
            Pairs,
            (image, _) => Task.FromResult(image == "a1" ? null : Face(image)),
            cancellationToken: Stop
        );
        Assert.Equal(1, report.Missed);
        Assert.True(report.Accuracy <= 0.5, $"{report.Accuracy}: two of four pairs have the missed picture");
    }

    [Fact]
    public async Task Cancelling_stops_before_the_next_picture()
    {
        using CancellationTokenSource source = new();
        int asked = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            VerificationEvaluation.RunAsync(
                Pairs,
                (image, _) =>
                {
                    asked++;
                    source.Cancel();
                    return Task.FromResult<FaceEmbedding?>(Face(image));
                },
                cancellationToken: source.Token
            )
        );
        Assert.Equal(1, asked);
    }

    [Fact]
    public void A_picture_that_was_not_embedded_is_named()
    {
        EvaluationException error = Assert.Throws<EvaluationException>(() =>
            VerificationProtocol.Evaluate(
                Pairs,
                new Dictionary<string, FaceEmbedding?>
                {
                    ["a1"] = Face("a1"),
                    ["a2"] = Face("a2"),
                    ["b1"] = Face("b1"),
                }
            )
        );
        Assert.Contains("b2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Embeddings_of_two_contracts_are_refused()
    {
        Dictionary<string, FaceEmbedding?> faces = Pairs
            .SelectMany(pair => new[] { pair.ImageA, pair.ImageB })
            .Distinct()
            .ToDictionary(image => image, FaceEmbedding? (image) => Face(image));
        faces["b2"] = faces["b2"]! with { Contract = "other/1" };
        Assert.Throws<EmbeddingMismatchException>(() => VerificationProtocol.Evaluate(Pairs, faces));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static FaceEmbedding Face(string image) => new(image[0] == 'a' ? AlongX : AlongY, 1, "m", "m/1");

    private sealed class Recorder : IProgress<EvaluationProgress>
    {
        public ConcurrentBag<EvaluationProgress> Seen { get; } = [];

        public void Report(EvaluationProgress value) => Seen.Add(value);
    }
}
