using Semblance.Detection;
using Semblance.Detection.RetinaFace;

namespace Semblance.Tests.Detection.RetinaFace;

public sealed class CloseUpsTests
{
    private const float Smallest = 500,
        SameFace = 0.4f;

    private static readonly DetectedFace Whole = Face(100, 100, 900, 0.9f);

    [Fact]
    public void Face_is_added_and_its_pieces_go_when_only_the_small_scale_shows_it_whole()
    {
        DetectedFace piece = Face(200, 300, 300, 0.8f),
            beside = Face(1050, 100, 200, 0.7f);
        Assert.Equal([Whole, beside], CloseUps.Merge([piece, beside], [Whole], Smallest, SameFace));
    }

    [Fact]
    public void Face_of_the_working_scale_stays_as_it_is_when_both_scales_show_it()
    {
        DetectedFace exact = Face(110, 95, 890, 0.6f);
        Assert.Equal([exact], CloseUps.Merge([exact], [Whole], Smallest, SameFace));
    }

    [Theory]
    [InlineData(0.99f)]
    [InlineData(0.5f)]
    public void Small_face_in_front_of_a_large_one_stays_when_both_scales_show_it(float score)
    {
        DetectedFace front = Face(300, 300, 200, score);
        Assert.Contains(front, CloseUps.Merge([front], [Whole, front], Smallest, SameFace));
    }

    [Fact]
    public void Face_on_a_large_one_stays_when_it_is_the_surer_one()
    {
        DetectedFace front = Face(300, 300, 40, 0.99f);
        Assert.Equal([front, Whole], CloseUps.Merge([front], [Whole], Smallest, SameFace));
    }

    [Fact]
    public void Small_faces_of_the_small_scale_do_not_count() =>
        Assert.Empty(CloseUps.Merge([], [Face(0, 0, Smallest - 1, 0.9f)], Smallest, SameFace));

    private static DetectedFace Face(float x, float y, float side, float score) => new(new(x, y, side, side), score, default);
}
