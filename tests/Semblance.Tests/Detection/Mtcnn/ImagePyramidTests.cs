using System.Text.Json;
using Semblance.Detection.Mtcnn;
using Semblance.TestSupport;

namespace Semblance.Tests.Detection.Mtcnn;

public sealed class ImagePyramidTests
{
    [Fact]
    public void Scales_begin_where_the_smallest_face_fills_the_window()
    {
        List<double> scales = ImagePyramid.Scales(640, 480, minFaceSize: 20, factor: 0.709, smallestSide: 12);
        Assert.Equal(0.6, scales[0], 1e-12);
        Assert.All(scales.Zip(scales.Skip(1)), pair => Assert.Equal(0.709, pair.Second / pair.First, 1e-12));
        Assert.True(480 * scales[^1] >= 12);
        Assert.True(480 * scales[^1] * 0.709 < 12);
    }

    [Fact]
    public void A_picture_smaller_than_the_smallest_face_has_no_scale() => Assert.Empty(ImagePyramid.Scales(15, 15, 20, 0.709, 12));

    [Fact]
    public void Scales_are_the_official_ones()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(ReferenceData.Require("reference/detections.json")));
        int compared = 0;
        foreach (JsonElement photo in document.RootElement.GetProperty("photos").EnumerateArray())
        {
            if (!photo.TryGetProperty("mtcnn_stages", out JsonElement stages) || !stages.TryGetProperty("scales", out JsonElement official))
                continue;
            List<double> scales = ImagePyramid.Scales(
                photo.GetProperty("width").GetInt32(),
                photo.GetProperty("height").GetInt32(),
                20,
                0.709,
                12
            );
            double[] expected =
            [
                .. official
                    .EnumerateArray()
                    .Select(level => level.ValueKind == JsonValueKind.Object ? level.GetProperty("scale").GetDouble() : level.GetDouble()),
            ];
            Assert.Equal(expected.Length, scales.Count);
            Assert.All(expected.Zip(scales), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
            compared++;
        }
        Assert.SkipWhen(compared == 0, "the reference data list no scales");
    }
}
