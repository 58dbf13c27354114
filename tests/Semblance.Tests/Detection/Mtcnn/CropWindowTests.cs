using System.Runtime.Intrinsics;
using Semblance.Detection.Mtcnn;

namespace Semblance.Tests.Detection.Mtcnn;

public sealed class CropWindowTests
{
    [Fact]
    public void A_box_inside_the_picture_gives_the_same_window_either_way()
    {
        Vector128<float> box = Vector128.Create(10.7f, 20.2f, 50.9f, 60.4f);
        CropWindow padded = CropWindow.Of(box, 100, 100, BorderHandling.Pad);
        Assert.Equal(new CropWindow(9, 19, 41, 41), padded);
        Assert.Equal(padded, CropWindow.Of(box, 100, 100, BorderHandling.Cut));
    }

    [Fact]
    public void A_box_over_the_border_keeps_its_shape_when_padded_and_loses_it_when_cut()
    {
        Vector128<float> box = Vector128.Create(-20f, -10f, 60f, 70f);
        Assert.Equal(new CropWindow(-21, -11, 81, 81), CropWindow.Of(box, 50, 100, BorderHandling.Pad));
        Assert.Equal(new CropWindow(0, 0, 50, 70), CropWindow.Of(box, 50, 100, BorderHandling.Cut));
    }

    [Fact]
    public void A_box_beyond_the_picture_is_empty_when_cut() =>
        Assert.True(CropWindow.Of(Vector128.Create(200f, 10f, 240f, 50f), 100, 100, BorderHandling.Cut).IsEmpty);
}
