using System.Numerics;
using Semblance.Training.Detectors.Losses;
using Semblance.Training.Detectors.Pictures;
using Semblance.Training.Tests.Support;
using SkiaSharp;

namespace Semblance.Training.Tests.Detectors.Pictures;

public sealed class SceneSamplerTests : IDisposable
{
    private const int Side = 128;

    private static readonly LabelledFace Face = new(
        new(90, 60, 30, 40),
        [new(95, 70), new(110, 70), new(103, 80), new(96, 92), new(111, 92)]
    );

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Box_lies_on_the_face_when_a_scene_is_cropped_scaled_and_mirrored()
    {
        using ScenePicture picture = Open();
        SceneSampler sampler = new(picture.Pictures, new() { Side = Side, TurnShare = 0 }, seed: 5);
        int seen = 0;
        for (int i = 0; i < 60; i++)
        {
            using Scene scene = new(Side);
            Assert.True(sampler.Compose(scene, new Random(i)));
            using SKBitmap drawn = SKBitmap.Decode(scene.ToPng());
            foreach (LabelledFace face in scene.Faces.Where(face => !face.Ignored && face.Box.Width > 16))
            {
                seen++;
                // Whatever happens to colours, the face stays brighter than what surrounds it.
                Assert.True(Light(drawn, face, 0.5f, 0.5f) > Around(drawn, face) + 10, $"scene {i}: {face.Box}");
                Assert.True(Light(drawn, face, 0.12f, 0.12f) > Around(drawn, face) + 10, $"scene {i}: {face.Box}");
            }
        }
        Assert.True(seen > 20, $"{seen} faces");
    }

    [Fact]
    public void Eyes_and_mouth_corners_keep_their_sides_when_a_scene_is_mirrored()
    {
        using Scene scene = new(Side);
        scene.Faces.Add(Face);
        scene.Mirror();
        Assert.Equal(new(Side - 120, 60, 30, 40), scene.Faces[0].Box);
        Assert.Equal(
            [new(Side - 110, 70), new(Side - 95, 70), new(Side - 103, 80), new(Side - 111, 92), new(Side - 96, 92)],
            scene.Faces[0].Landmarks!
        );
    }

    [Fact]
    public void Sample_is_the_same_when_it_is_made_again()
    {
        using ScenePicture picture = Open();
        SceneOptions options = new() { Side = Side };
        DetectorSample first = new SceneSampler(picture.Pictures, options, seed: 3).Make(17),
            again = new SceneSampler(picture.Pictures, options, seed: 3).Make(17),
            other = new SceneSampler(picture.Pictures, options, seed: 3).Make(18);
        Assert.Equal(first.Values, again.Values);
        Assert.NotEqual(first.Values, other.Values);
    }

    [Fact]
    public void Values_are_blue_green_and_red_less_the_official_means_when_a_scene_is_written()
    {
        using SKBitmap bitmap = new(8, 8, SKColorType.Rgba8888, SKAlphaType.Opaque);
        bitmap.Erase(new SKColor(200, 100, 50));
        using SKImage image = SKImage.FromBitmap(bitmap);
        using Scene scene = new(64);
        scene.Draw(image, Matrix3x2.CreateScale(8), null);
        float[] values = new float[64 * 64 * 3];
        scene.Write(values);
        Assert.Equal([50 - 104f, 100 - 117f, 200 - 123f], values[..3]);
        Assert.Equal(values[..3], values[^3..]);
    }

    private ScenePicture Open()
    {
        using SKBitmap bitmap = new(200, 160, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (SKCanvas canvas = new(bitmap))
        {
            canvas.Clear(new SKColor(60, 60, 60));
            using SKPaint paint = new() { Color = new SKColor(170, 170, 170) };
            canvas.DrawRect(SKRect.Create(Face.Box.X, Face.Box.Y, Face.Box.Width, Face.Box.Height), paint);
        }
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        byte[] bytes = data.ToArray();
        PixelFile pixels = PixelFile.Open(_folder["pixels"], [("one", () => bytes)], TestContext.Current.CancellationToken);
        return new(
            new(
                [
                    [Face],
                ],
                pixels,
                0
            )
        );
    }

    private static float Light(SKBitmap bitmap, LabelledFace face, float right, float down)
    {
        SKColor colour = bitmap.GetPixel(
            Math.Clamp((int)(face.Box.X + face.Box.Width * right), 0, Side - 1),
            Math.Clamp((int)(face.Box.Y + face.Box.Height * down), 0, Side - 1)
        );
        return (colour.Red + colour.Green + colour.Blue) / 3f;
    }

    /// <summary>The mean light beside the box, where that is inside the scene; darker than any face where nothing is.</summary>
    private static float Around(SKBitmap bitmap, LabelledFace face)
    {
        List<float> light = [];
        foreach ((float right, float down) in new[] { (-0.2f, 0.5f), (1.2f, 0.5f), (0.5f, -0.2f), (0.5f, 1.2f) })
        {
            float x = face.Box.X + face.Box.Width * right,
                y = face.Box.Y + face.Box.Height * down;
            if (x >= 0 && y >= 0 && x < Side && y < Side)
                light.Add(Light(bitmap, face, right, down));
        }
        return light.Count > 0 ? light.Min() : -100;
    }

    private sealed record ScenePicture(ScenePictures Pictures) : IDisposable
    {
        public void Dispose() => Pictures.Pictures.Dispose();
    }
}
