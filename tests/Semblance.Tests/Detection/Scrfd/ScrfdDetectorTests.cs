using System.Numerics;
using Semblance.Conversion.Onnx;
using Semblance.Detection;
using Semblance.Detection.Scrfd;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Tests.Support;
using Semblance.TestSupport;

namespace Semblance.Tests.Detection.Scrfd;

/// <summary>The real SCRFD-500M file, as it is and rewritten into the other layouts.</summary>
public sealed class ScrfdDetectorTests : IDisposable
{
    private readonly TemporaryModels _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public void The_portrait_is_found_with_its_landmarks()
    {
        DetectedFace face = Assert.Single(Detect(Original(), 640, 5, "astronaut.png"));
        Assert.True(face.Box.IntersectionOverUnion(new(179, 63, 89, 111)) > 0.6, $"{face.Box}");
        Assert.InRange(Vector2.Distance(face.Landmarks.RightEye, new(205, 102)), 0, 6);
    }

    [Fact]
    public void A_network_without_keypoints_gives_the_same_boxes()
    {
        OnnxModel network = OnnxModel.Parse(Original());
        network.Graph.Outputs.RemoveAll(output => output.Name.StartsWith("kps", StringComparison.Ordinal));
        IReadOnlyList<DetectedFace> with = Detect(Original(), 640, 5, "astronaut.png"),
            without = Detect(network.ToBytes(), 640, 0, "astronaut.png");
        Assert.Equal(with.Select(face => face.Box), without.Select(face => face.Box));
        Assert.All(without, face => Assert.Equal(LandmarksSource.None, face.LandmarksSource));
    }

    [Fact]
    public void A_network_of_any_size_finds_the_faces_of_the_letterboxed_one()
    {
        IReadOnlyList<DetectedFace> boxed = Detect(Original(), 640, 5, "astronaut.png"),
            free = Detect(AnySize(), 0, 5, "astronaut.png");
        Assert.Equal(boxed.Count, free.Count);
        Assert.All(boxed.Zip(free), pair => Assert.True(pair.First.Box.IntersectionOverUnion(pair.Second.Box) > 0.95, $"{pair}"));
    }

    [Fact]
    public void Wide_and_tall_pictures_give_the_same_face_when_it_is_put_into_a_larger_frame()
    {
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        PixelView whole = image.FullResolution;
        PixelView wide = TestPixels.Framed(whole, 900, whole.Height, 300, 0),
            tall = TestPixels.Framed(whole, whole.Width, 900, 0, 200);
        using ScrfdDetector detector = Detector(Original(), 640, 5);
        foreach ((PixelView pixels, Vector2 shift) in new[] { (wide, new Vector2(300, 0)), (tall, new Vector2(0, 200)) })
        {
            using FaceImage framed = FaceImage.FromPixels(pixels);
            DetectedFace face = detector.Detect(framed, DetectionOptions.Default, TestContext.Current.CancellationToken)[0];
            FaceBox expected = new(179 + shift.X, 63 + shift.Y, 89, 111);
            Assert.True(face.Box.IntersectionOverUnion(expected) > 0.6, $"{face.Box}");
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 700)]
    [InlineData(2000, 2)]
    public void Pictures_of_extreme_shape_give_no_face_and_no_error(int width, int height)
    {
        using FaceImage image = FaceImage.FromPixels(TestPixels.Smooth(width, height, PixelFormat.Rgb24));
        using ScrfdDetector boxed = Detector(Original(), 640, 5),
            free = Detector(AnySize(), 0, 5);
        Assert.Empty(boxed.Detect(image, DetectionOptions.Default, TestContext.Current.CancellationToken));
        Assert.Empty(free.Detect(image, DetectionOptions.Default, TestContext.Current.CancellationToken));
    }

    private static byte[] Original() => File.ReadAllBytes(ReferenceData.Require("weights/scrfd_500m_bnkps.onnx"));

    /// <summary>The real network with free height and width: its two enlargements double instead of giving a fixed size.</summary>
    private static byte[] AnySize()
    {
        OnnxModel network = OnnxModel.Parse(Original());
        OnnxGraph graph = network.Graph;
        graph.Initializers.Add(OnnxTensor.Floats("doubled", [1, 1, 2, 2], 4));
        for (int i = 0; i < graph.Nodes.Count; i++)
            if (graph.Nodes[i] is { Operator: "Resize" } resize)
                graph.Nodes[i] = resize with { Inputs = [resize.Inputs[0], resize.Inputs[1], "doubled"] };
        graph.Inputs[0] = graph.Inputs[0] with { Shape = [1, 3, "height", "width"] };
        for (int i = 0; i < graph.Outputs.Count; i++)
            graph.Outputs[i] = graph.Outputs[i] with { Shape = [1, $"anchors{i % 3}", graph.Outputs[i].Shape[2]] };
        return network.ToBytes();
    }

    private ScrfdDetector Detector(byte[] network, int side, int keypoints)
    {
        string id = $"scrfd-{side}-{keypoints}";
        return new(
            _models.Add(id, ModelKind.Detector, network, DetectorOutputs.ScrfdInput(side), DetectorOutputs.Scrfd(keypoints)),
            execution: TestModels.OneThread
        );
    }

    private IReadOnlyList<DetectedFace> Detect(byte[] network, int side, int keypoints, string sample)
    {
        using ScrfdDetector detector = Detector(network, side, keypoints);
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample(sample));
        return detector.Detect(image, DetectionOptions.Default, TestContext.Current.CancellationToken);
    }
}
