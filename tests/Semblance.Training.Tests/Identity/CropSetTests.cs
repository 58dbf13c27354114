using Semblance.Files;
using Semblance.TestSupport;
using Semblance.Training.Identity;
using Semblance.Training.Tests.Support;
using SkiaSharp;

namespace Semblance.Training.Tests.Identity;

public sealed class CropSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FaceCropper _cropper = new(CropSource.Aligned, null);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Crops_come_from_the_cache_when_nothing_changed()
    {
        FaceSample[] samples = [Sample("a.png", 0), Sample("b.png", 1), FaceSample.OfFile(_folder.Write("broken.png", "no picture"), 0)];
        CropSet first = Make(samples);
        FaceSample[] unread =
        [
            .. samples.Select(sample => sample with { Read = () => throw new InvalidOperationException("was read again") }),
        ];
        CropSet second = Make(unread);
        for (int i = 0; i < samples.Length; i++)
            Assert.Equal(first.Crops[i], second.Crops[i]);
        Assert.Null(second.Crops[2]);
        Assert.Equal(first.Problems, second.Problems);
        Assert.Equal(samples[2].Name, Assert.Single(second.Problems).Name);
    }

    [Fact]
    public void Crops_are_made_again_when_a_record_file_is_replaced_by_one_with_as_many_pictures()
    {
        CropSet Of(int person)
        {
            RecordWriter.Write(
                _folder["new.rec"],
                [.. Enumerable.Range(0, 3).Select(i => (0f, TemporaryFolder.Picture(person, i)))],
                people: 1
            );
            foreach (string end in (string[])["rec", "idx"])
                File.Move(_folder[$"new.{end}"], _folder[$"train.{end}"], overwrite: true);
            File.SetLastWriteTimeUtc(_folder["train.rec"], new DateTime(2026, 1, 1 + person, 0, 0, 0, DateTimeKind.Utc));
            return Make(IdentitySet.Open(_folder["train.rec"]).Samples);
        }
        byte[]? before = Of(person: 1).Crops[2],
            after = Of(person: 2).Crops[2];
        Assert.Equal(_cropper.Crop(TemporaryFolder.Picture(2, 2), "made up"), after);
        Assert.NotEqual(before, after);
    }

    [Fact]
    public void Crops_are_made_again_when_the_cache_was_cut_off()
    {
        FaceSample[] samples = [Sample("a.png", 0), Sample("b.png", 1)];
        byte[]? before = Make(samples).Crops[1];
        string cache = Assert.Single(Directory.GetFiles(_folder["cache"]));
        File.WriteAllBytes(cache, File.ReadAllBytes(cache)[..^40]);
        Assert.Equal(before, Make(samples).Crops[1]);
    }

    [Fact]
    public void Full_disk_is_an_error_and_leaves_nothing_behind()
    {
        using SmallDisk disk = new("64k");
        FaceSample[] samples = [Sample("a.png", 0), Sample("b.png", 1)];
        Assert.Throws<FileWriteException>(() => Make(samples, disk.Root));
        Assert.Empty(Directory.GetFileSystemEntries(disk.Root));
    }

    [Fact]
    public void Crops_stay_out_of_memory_until_they_are_asked_for()
    {
        FaceSample[] samples = [Sample("a.png", 0), Sample("b.png", 1)];
        foreach (CropSet set in (CropSet[])[Make(samples), Make(samples)])
        {
            Assert.Equal(_cropper.Crop(TemporaryFolder.Picture(1, 0), "made up"), set.Crops[1]);
            Assert.NotSame(set.Crops[1], set.Crops[1]);
        }
    }

    [Fact]
    public void Picture_of_another_size_becomes_a_crop_of_112_pixels_when_it_is_aligned_already()
    {
        using SKBitmap bitmap = new(60, 90, SKColorType.Rgba8888, SKAlphaType.Opaque);
        bitmap.Erase(new SKColor(200, 100, 50));
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        byte[] crop = Make([FaceSample.OfFile(_folder.Write("small.png", data.ToArray()), 0)]).Crops[0]!;
        Assert.Equal(FaceCropper.Bytes, crop.Length);
        Assert.Equal([200, 100, 50], crop[^3..]);
    }

    private FaceSample Sample(string name, int person) =>
        FaceSample.OfFile(_folder.Write(name, TemporaryFolder.Picture(person, 0)), person);

    private CropSet Make(IReadOnlyList<FaceSample> samples, string? cache = null) =>
        CropSet.Make(samples, _cropper, cache ?? _folder["cache"], threads: 2, TestContext.Current.CancellationToken);
}
