using System.Numerics;
using Semblance.Detection;
using Semblance.Detection.BlazeFace;
using Semblance.Detection.Mtcnn;
using Semblance.Detection.RetinaFace;
using Semblance.Geometry;
using Semblance.Imaging;
using Semblance.Runtime;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

/// <summary>Official checkpoints, imported, find what the official code finds on 98 photographs.</summary>
public sealed class ImportedDetectorTests(ImportedModels models) : IClassFixture<ImportedModels>
{
    /// <summary>Tolerances of the reference data: with the same pixels, and with those of another JPEG decoder.</summary>
    private const float SamePixels = 0.05f,
        SameShare = 0.001f,
        SameScore = 1e-3f,
        OtherShare = 0.03f,
        OtherScore = 0.05f,
        Threshold = 0.5f;

    private static readonly ExecutionOptions Execution = new() { Threads = 2 };

    [Fact]
    public void RetinaFace_gives_the_official_boxes_landmarks_and_scores()
    {
        using RetinaFaceDetector detector = new(
            models.Get("retinaface", "retinaface_mobilenet025.pth"),
            RetinaFaceOptions.Official,
            Execution
        );
        int faces = 0,
            alike = 0,
            photos = 0;
        List<string> wrong = [];
        foreach (OfficialPhoto photo in OfficialPhoto.Read("retinaface_mobilenet025"))
        {
            using FaceImage image = FaceImage.FromFile(photo.File);
            IReadOnlyList<DetectedFace> found = detector.Detect(
                image,
                new() { MinScore = Threshold - OtherScore },
                TestContext.Current.CancellationToken
            );
            bool same = photo.IsDecodedAlike(image);
            (photos, alike) = (photos + 1, alike + (same ? 1 : 0));
            foreach (OfficialFace face in photo.Faces)
            {
                faces++;
                float tolerance = same ? MathF.Max(SamePixels, SameShare * face.Size) : OtherShare * face.Size,
                    score = same ? SameScore : OtherScore;
                DetectedFace? best = face.BestOf(found);
                if (best is null || face.DistanceTo(best) > tolerance || MathF.Abs(best.Score - face.Score) > score)
                    wrong.Add(
                        $"{Path.GetFileName(photo.File)} {face.Box} {face.Score}: {best?.Box} {best?.Score}, "
                            + $"{(best is null ? 0 : face.DistanceTo(best))} of {tolerance} px"
                    );
            }
            int surplus = found.Count(one => one.Score >= Threshold + (same ? SameScore : OtherScore)) - photo.Faces.Count;
            if (surplus > 0)
                wrong.Add($"{Path.GetFileName(photo.File)}: {surplus} more than the official code");
        }
        Assert.Equal((98, 392), (photos, faces));
        Assert.True(alike >= 90, $"{alike} photographs are decoded alike");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("blazeface.pth", "blazeface_front", 113)]
    [InlineData("blazefaceback.pth", "blazeface_back", 243)]
    public void BlazeFace_finds_the_official_faces(string file, string reference, int expected)
    {
        using BlazeFaceDetector detector = new(models.Get(reference.Replace('_', '-'), file), execution: Execution);
        int faces = 0;
        List<string> wrong = [];
        foreach (OfficialPhoto photo in OfficialPhoto.Read(reference))
        {
            using FaceImage image = FaceImage.FromFile(photo.File);
            float threshold = reference == "blazeface_front" ? 0.75f : 0.65f;
            // With another threshold other candidates would be merged, and boxes and scores with them.
            IReadOnlyList<DetectedFace> found = detector.Detect(image, DetectionOptions.Default, TestContext.Current.CancellationToken);
            foreach (OfficialFace face in photo.Faces)
            {
                faces++;
                if (face.Score < threshold + OtherScore)
                    continue;
                DetectedFace? best = face.BestOf(found);
                if (
                    best is null
                    || best.Box.IntersectionOverUnion(face.Box) < 0.9f
                    || face.DistanceTo(best) > OtherShare * face.Size
                    || MathF.Abs(best.Score - face.Score) > OtherScore
                )
                    wrong.Add($"{Path.GetFileName(photo.File)} {face.Box} {face.Score}: {best?.Box} {best?.Score}");
            }
        }
        Assert.Equal(expected, faces);
        Assert.True(wrong.Count <= 0.02 * faces, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("blazeface.pth", "blazeface_front", 128)]
    [InlineData("blazefaceback.pth", "blazeface_back", 256)]
    public void BlazeFace_on_the_exact_inputs_gives_the_official_numbers(string file, string reference, int side)
    {
        using BlazeFaceDetector detector = new(models.Get(reference.Replace('_', '-'), file), execution: Execution);
        int photos = 0,
            faces = 0;
        foreach (OfficialPhoto photo in OfficialPhoto.Read(reference))
        {
            if (!photo.Entry.TryGetProperty(reference + "_input", out var input))
                continue;
            photos++;
            using FaceImage image = FaceImage.FromFile(Path.Combine(ReferenceData.Require("reference"), input.GetString()!));
            IReadOnlyList<DetectedFace> found = detector.Detect(image, DetectionOptions.Default, TestContext.Current.CancellationToken);
            Assert.Equal(photo.Faces.Count, found.Count);
            int width = photo.Entry.GetProperty("width").GetInt32(),
                height = photo.Entry.GetProperty("height").GetInt32(),
                longer = Math.Max(width, height);
            Vector2 shift = new((longer - width) / 2, (longer - height) / 2);
            foreach (OfficialFace face in photo.Faces)
            {
                faces++;
                DetectedFace best = face.BestOf(found.Select(one => ToPhoto(one, (float)longer / side, shift)))!;
                Assert.InRange(face.DistanceTo(best), 0, MathF.Max(SamePixels, SameShare * face.Size));
                Assert.Equal(face.Score, best.Score, SameScore);
            }
        }
        Assert.Equal(8, photos);
        Assert.InRange(faces, 8, 200);
    }

    [Fact]
    public void Mtcnn_of_facenet_pytorchs_three_files_finds_the_official_faces()
    {
        using MtcnnDetector detector = new(models.Get("facenet-mtcnn", "pnet.pt", "rnet.pt", "onet.pt"), MtcnnOptions.Official, Execution);
        int faces = 0,
            near = 0;
        foreach (OfficialPhoto photo in OfficialPhoto.Read("mtcnn"))
        {
            using FaceImage image = FaceImage.FromFile(photo.File);
            if ((long)image.Width * image.Height > 3_000_000)
                continue;
            IReadOnlyList<DetectedFace> found = detector.Detect(image, new() { MinScore = 0.65f }, TestContext.Current.CancellationToken);
            foreach (OfficialFace face in photo.Faces.Where(face => face.Score >= 0.75f && face.Size >= 24))
            {
                faces++;
                if (
                    face.BestOf(found) is { } best
                    && best.Box.IntersectionOverUnion(face.Box) >= 0.9f
                    && face.DistanceTo(best) <= OtherShare * face.Size
                )
                    near++;
            }
        }
        Assert.InRange(faces, 250, 365);
        // A candidate that a rounding moves over the edge of a threshold or of a suppression takes a face with it.
        Assert.True(near >= 0.97 * faces, $"{near} of {faces} faces");
    }

    private static DetectedFace ToPhoto(DetectedFace face, float scale, Vector2 shift)
    {
        FaceBox box = face.Box;
        return new(new(box.X * scale - shift.X, box.Y * scale - shift.Y, box.Width * scale, box.Height * scale), face.Score, face.Landmarks)
        {
            Keypoints = [.. face.Keypoints.Select(point => point * scale - shift)],
        };
    }
}
