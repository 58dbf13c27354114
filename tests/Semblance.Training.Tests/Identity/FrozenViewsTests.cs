using Semblance.Conversion.Onnx;
using Semblance.Training.Identity;
using Semblance.Training.Networks;
using Semblance.Training.Tests.Support;

namespace Semblance.Training.Tests.Identity;

public sealed class FrozenViewsTests : IDisposable
{
    private const int PerCrop = 6;

    private static readonly byte[][] Crops =
    [
        .. Enumerable.Range(0, 3).Select(i => new FaceCropper(CropSource.Aligned, null).Crop(TemporaryFolder.Picture(i, i), "made up")!),
    ];
    private static readonly OnnxModel Model = Backbones.Create("pack:mobilefacenet-512", init: null).CutBefore!(34);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Views_from_the_cache_are_those_that_were_computed_also_when_the_cache_was_cut_off()
    {
        float[] first = Values(Make(), 5);
        string cache = Assert.Single(Directory.GetFiles(_folder["cache"]));
        DateTime written = File.GetLastWriteTimeUtc(cache);
        Assert.Equal(first, Values(Make(), 5));
        Assert.Equal(written, File.GetLastWriteTimeUtc(cache));
        foreach (int length in (int[])[5, 500])
        {
            File.WriteAllBytes(cache, File.ReadAllBytes(cache)[..length]);
            Assert.Equal(first, Values(Make(), 5));
        }
    }

    [Fact]
    public void Most_views_of_a_crop_differ()
    {
        FrozenViews views = Make();
        Assert.Equal((PerCrop * Crops.Length, PerCrop), (views.Count, views.PerCrop));
        for (int crop = 0; crop < Crops.Length; crop++)
        {
            int different = Enumerable.Range(crop * PerCrop, PerCrop).Select(i => string.Join(' ', Values(views, i))).Distinct().Count();
            Assert.True(different > PerCrop / 2, $"crop {crop}: {different} of {PerCrop} views differ");
        }
    }

    private static float[] Values(FrozenViews views, int index)
    {
        float[] values = new float[views.Shape.Aggregate(1, (product, axis) => product * axis)];
        views.Read(index, values);
        return values;
    }

    private FrozenViews Make() =>
        FrozenViews.Make(
            Model,
            Crops,
            PerCrop,
            Augmentation.Degrading,
            new("BGR", 127.5f, 1 / 128f),
            seed: 3,
            _folder["cache"],
            threads: 1,
            TestContext.Current.CancellationToken
        );
}
