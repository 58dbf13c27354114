using System.Text.Json;
using Semblance.Conversion;
using Semblance.Detection;
using Semblance.Detection.RetinaFace;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Models.Importing;
using Semblance.TestSupport;
using SkiaSharp;

namespace Semblance.Tests.Detection.RetinaFace;

/// <summary>The official network on pictures that are larger than its anchors.</summary>
public sealed class RetinaFaceDetectorTests : IDisposable
{
    private const int Side = 2600;

    private readonly string _folder = Directory.CreateTempSubdirectory("semblance-retinaface-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void One_whole_face_is_found_when_it_fills_a_large_picture()
    {
        using SKBitmap bitmap = CloseUp();
        using FaceImage closeUp = FaceImage.FromBitmap(bitmap);
        using RetinaFaceDetector detector = new(Import(), execution: TestModels.OneThread);
        IReadOnlyList<DetectedFace> faces = detector.Detect(closeUp, new(), TestContext.Current.CancellationToken);
        Assert.True(faces.Count == 1, string.Join("\n", faces.Select(found => $"{found.Score} {found.Box}")));
        DetectedFace face = faces[0];
        Assert.True(face.Box.Height > 0.6 * Side, $"{face.Box}");
        Assert.True(face.Landmarks.RightEye.X < face.Landmarks.LeftEye.X);
    }

    [Fact]
    public void A_second_look_decodes_nothing_more()
    {
        using SKBitmap closeUp = CloseUp();
        using SKData jpeg = closeUp.Encode(SKEncodedImageFormat.Jpeg, 90);
        using FaceImage image = FaceImage.FromBytes(jpeg.ToArray(), "close-up.jpg");
        using RetinaFaceDetector detector = new(Import(), execution: TestModels.OneThread);
        Assert.Single(detector.Detect(image, new(), TestContext.Current.CancellationToken));
        TimeSpan after = image.DecodingTime;
        image.AtScale(RetinaFaceOptions.Default.ScaleOf(image, DetectionOptions.Default));
        TimeSpan shortest = TimeSpan.FromMilliseconds(2);
        Assert.True(image.DecodingTime < after + shortest);
        // What the second look would have asked for is not there yet.
        image.AtScale((double)RetinaFaceOptions.DefaultCloseUpSide / Side);
        Assert.True(image.DecodingTime > after + shortest);
    }

    [Fact]
    public void Everybody_of_a_large_group_is_found_and_one_large_face_once()
    {
        string photos = ReferenceData.RequireUnpacked("data/photos.tar");
        using JsonDocument reference = JsonDocument.Parse(File.ReadAllText(ReferenceData.Require("reference/detections.json")));
        using RetinaFaceDetector detector = new(ModelCatalog.Pack.Find("retinaface-wider"), execution: TestModels.OneThread);
        IReadOnlyList<DetectedFace> group = Found("group_10mp.jpg");
        JsonElement official = reference
            .RootElement.GetProperty("photos")
            .EnumerateArray()
            .Single(photo => photo.GetProperty("file").GetString() == "group_10mp.jpg")
            .GetProperty("detectors")
            .GetProperty("retinaface_mobilenet025");
        Assert.Equal(31, official.GetArrayLength());
        foreach (JsonElement face in official.EnumerateArray())
        {
            float[] corners = [.. face.GetProperty("box").EnumerateArray().Select(side => side.GetSingle())];
            FaceBox box = FaceBox.FromCorners(corners[0], corners[1], corners[2], corners[3]);
            Assert.Contains(group, found => found.Box.IntersectionOverUnion(box) >= 0.5f);
        }
        Assert.Single(Found("woman_12mp.jpg"));
        Assert.Single(Found("phone_selfie_12mp.jpg"));

        IReadOnlyList<DetectedFace> Found(string name)
        {
            using FaceImage image = FaceImage.FromFile(Path.Combine(photos, name));
            return detector.Detect(image, DetectionOptions.Default, TestContext.Current.CancellationToken);
        }
    }

    private InstalledModel Import()
    {
        ImportedModel imported = CheckpointImport.Run([ReferenceData.Require("weights/retinaface_mobilenet025.pth")], _folder);
        string file = imported.Networks[0].File;
        ModelManifest manifest = new()
        {
            Id = "official",
            Kinds = [ModelKind.Detector],
            Files = new Dictionary<string, ModelFile>
            {
                [InstalledModel.SingleRole] = new(
                    Path.GetFileName(file),
                    Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))
                ),
            },
            License = "MIT",
            Origin = "test",
            TrainingData = "WIDER FACE",
            Input = new()
            {
                Width = 0,
                Height = 0,
                Channels = "BGR",
                Mean = imported.Input.Mean,
                Scale = imported.Input.Scale,
            },
            Output = new() { Outputs = new Dictionary<string, ModelTensor>(), Decoder = OfficialDecoders.RetinaFace() },
        };
        manifest.Write(Path.Combine(_folder, InstalledModel.ManifestName));
        return InstalledModel.Open(_folder);
    }

    /// <summary>The face of a portrait alone, enlarged.</summary>
    private static SKBitmap CloseUp()
    {
        using SKBitmap portrait = SKBitmap.Decode(ReferenceData.Sample("astronaut.png"));
        SKBitmap enlarged = new(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (SKCanvas canvas = new(enlarged))
        using (SKImage image = SKImage.FromBitmap(portrait))
            canvas.DrawImage(
                image,
                SKRect.Create(165, 60, 130, 130),
                SKRect.Create(Side, Side),
                new SKSamplingOptions(SKCubicResampler.Mitchell)
            );
        return enlarged;
    }
}
