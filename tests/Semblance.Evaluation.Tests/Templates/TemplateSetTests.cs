using Semblance.Embedding;
using Semblance.Evaluation.Templates;
using Semblance.Evaluation.Tests.Comparisons;
using Semblance.Training.Tests.Support;

namespace Semblance.Evaluation.Tests.Templates;

public sealed class TemplateSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Frames_of_a_video_count_together_as_one_still()
    {
        Dictionary<string, FaceEmbedding?> faces = new()
        {
            ["still"] = PlaneFaces.Vector(0),
            ["f1"] = PlaneFaces.Vector(90),
            ["f2"] = PlaneFaces.Vector(90),
            ["f3"] = PlaneFaces.Vector(90),
            ["none"] = null,
        };
        var templates = TemplateSet.Make([new("still", 1, 1), new("f1", 1, 2), new("f2", 1, 2), new("f3", 1, 2), new("none", 2, 3)], faces);
        // Without the average over the video the template would stand at 71.6 degrees.
        Assert.Equal([1], templates.Keys);
        Assert.Equal(Math.Sqrt(0.5), templates[1].Vector.Span[0], 6);
        Assert.Equal(Math.Sqrt(0.5), templates[1].Vector.Span[1], 6);
        Assert.Equal("plane/1", templates[1].Contract);
    }

    [Fact]
    public void Blurred_frames_weigh_less_by_their_norm_unless_asked_otherwise()
    {
        Dictionary<string, FaceEmbedding?> faces = new()
        {
            ["sharp"] = PlaneFaces.Vector(0, norm: 3),
            ["blurred"] = PlaneFaces.Vector(90, norm: 1),
        };
        TemplateFace[] list = [new("sharp", 1, 1), new("blurred", 1, 2)];
        Assert.Equal(3, Slope(TemplateSet.Make(list, faces)), 5);
        Assert.Equal(1, Slope(TemplateSet.Make(list, faces, (_, _) => 1)), 5);

        static double Slope(IReadOnlyDictionary<int, FaceEmbedding> set) => set[1].Vector.Span[0] / set[1].Vector.Span[1];
    }

    [Fact]
    public void Vectors_that_cancel_out_are_named() =>
        Assert.Contains(
            "template 7",
            Assert
                .Throws<EvaluationException>(() =>
                    TemplateSet.Make(
                        [new("a", 7, 1), new("b", 7, 2)],
                        new Dictionary<string, FaceEmbedding?> { ["a"] = Opposite(1), ["b"] = Opposite(-1) }
                    )
                )
                .Message
        );

    [Fact]
    public void Files_of_the_protocol_are_read()
    {
        string faces = _folder.Write("face_tid_mid.txt", "1.jpg 10 100\n2.jpg 10 101\n\n3.jpg 11 102\n"),
            pairs = _folder.Write("pair_label.txt", "10 11 0\n10 10 1\n"),
            gallery = _folder.Write("gallery_G1.csv", "TEMPLATE_ID,SUBJECT_ID,FILENAME\n10,5,1.jpg\n10,5,2.jpg\n11,6,3.jpg\n");
        Assert.Equal([new("1.jpg", 10, 100), new("2.jpg", 10, 101), new("3.jpg", 11, 102)], TemplateFace.Read(faces));
        Assert.Equal([new(10, 11, false), new(10, 10, true)], TemplatePair.Read(pairs));
        Assert.Equal([new(10, 5), new(11, 6)], TemplateSubject.Read(gallery));
    }

    [Theory]
    [InlineData("1.jpg 10\n", "line 1: 3 values were expected")]
    [InlineData("1.jpg 10 100\n1.jpg x 100\n", "line 2: 'x' is no number of a template")]
    [InlineData("", "the file is empty")]
    public void Wrong_lines_are_named(string text, string message) =>
        Assert.Contains(message, Assert.Throws<EvaluationException>(() => TemplateFace.Read(_folder.Write("x.txt", text))).Message);

    private static FaceEmbedding Opposite(float sign) => new(new[] { sign, 0f }, 1, "plane", "plane/1");
}
