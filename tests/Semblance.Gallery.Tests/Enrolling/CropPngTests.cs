using Semblance.Gallery.Enrolling;

namespace Semblance.Gallery.Tests.Enrolling;

public sealed class CropPngTests
{
    [Fact]
    public void Crop_that_is_no_picture_is_named_with_the_way_out()
    {
        Guid reference = Guid.CreateVersion7();
        GalleryException error = Assert.Throws<GalleryException>(() => CropPng.Decode("no picture"u8.ToArray(), reference));
        Assert.Contains($"{reference}", error.Message, StringComparison.Ordinal);
        Assert.Contains("enrol it anew", error.Message, StringComparison.Ordinal);
    }
}
