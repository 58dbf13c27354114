using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using Semblance.Detection;
using Semblance.Geometry;
using Semblance.Imaging;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

/// <summary>One face of the official code on a photograph.</summary>
internal sealed record OfficialFace(float Score, FaceBox Box, Vector2[] Points)
{
    public float Size => MathF.Max(Box.Width, Box.Height);

    /// <summary>How far a face lies off: the largest distance of a corner or point, in pixels.</summary>
    public float DistanceTo(DetectedFace face)
    {
        IReadOnlyList<Vector2> points = Points.Length == FaceLandmarks.Count ? face.Landmarks.ToArray() : face.Keypoints;
        float corners = MathF.Max(
            MathF.Max(MathF.Abs(Box.X - face.Box.X), MathF.Abs(Box.Y - face.Box.Y)),
            MathF.Max(MathF.Abs(Box.Right - face.Box.Right), MathF.Abs(Box.Bottom - face.Box.Bottom))
        );
        return MathF.Max(corners, Points.Zip(points, Vector2.Distance).Max());
    }

    /// <summary>The face that overlaps it most.</summary>
    public DetectedFace? BestOf(IEnumerable<DetectedFace> faces) =>
        faces.Where(face => face.Box.IntersectionOverUnion(Box) > 0.1f).MaxBy(face => face.Box.IntersectionOverUnion(Box));
}

/// <summary>A photograph and what an official detector finds on it.</summary>
internal sealed record OfficialPhoto(string File, string RgbSha256, JsonElement Entry, IReadOnlyList<OfficialFace> Faces)
{
    /// <summary>All photographs with a detector's faces; skips the running test where the reference data are not here.</summary>
    public static IReadOnlyList<OfficialPhoto> Read(string detector)
    {
        string folder = ReferenceData.RequireUnpacked("data/photos.tar");
        using FileStream file = System.IO.File.OpenRead(ReferenceData.Require("reference/detections.json"));
        return
        [
            .. JsonDocument
                .Parse(file)
                .RootElement.GetProperty("photos")
                .EnumerateArray()
                .Select(photo => new OfficialPhoto(
                    Path.Combine(folder, photo.GetProperty("file").GetString()!),
                    photo.GetProperty("rgb_sha256").GetString()!,
                    photo,
                    [.. photo.GetProperty("detectors").GetProperty(detector).EnumerateArray().Select(Face)]
                )),
        ];
    }

    /// <summary>Whether our decoder gives the same bytes as the one that the official code used, so that only rounding may
    /// differ.</summary>
    public bool IsDecodedAlike(FaceImage image)
    {
        PixelView pixels = image.FullResolution;
        byte[] rgb = new byte[3 * pixels.Width * pixels.Height];
        int step = pixels.BytesPerPixel,
            at = 0;
        (int red, int green, int blue) =
            pixels.Format is PixelFormat.Rgb24 or PixelFormat.Rgbx32 ? (0, 1, 2)
            : pixels.Format is PixelFormat.Gray8 ? (0, 0, 0)
            : (2, 1, 0);
        for (int y = 0; y < pixels.Height; y++)
        {
            ReadOnlySpan<byte> row = pixels.Row(y);
            for (int x = 0; x < pixels.Width; x++, at += 3)
                (rgb[at], rgb[at + 1], rgb[at + 2]) = (row[x * step + red], row[x * step + green], row[x * step + blue]);
        }
        return Convert.ToHexStringLower(SHA256.HashData(rgb)) == RgbSha256;
    }

    private static OfficialFace Face(JsonElement face)
    {
        float[] corners = [.. face.GetProperty("box").EnumerateArray().Select(side => side.GetSingle())];
        return new(
            face.GetProperty("score").GetSingle(),
            FaceBox.FromCorners(corners[0], corners[1], corners[2], corners[3]),
            [.. face.GetProperty("landmarks").EnumerateArray().Select(point => new Vector2(point[0].GetSingle(), point[1].GetSingle()))]
        );
    }
}
