using System.Numerics;
using Semblance.Detection;
using Semblance.Detection.Turns;

namespace Semblance.Tests.Detection.Turns;

public sealed class QuarterTurnTests
{
    [Theory]
    [InlineData(0, 100, 60, 3, 2)]
    [InlineData(90, 60, 100, 57, 3)]
    [InlineData(180, 100, 60, 96, 57)]
    [InlineData(270, 60, 100, 2, 96)]
    public void A_point_of_the_upright_picture_is_found_in_the_turned_one(int degrees, int width, int height, float x, float y)
    {
        QuarterTurn turn = new(degrees, width, height);
        Assert.Equal((100, 60), turn.UprightSize);
        Assert.Equal(new Vector2(x, y), turn.ToPicture(new Vector2(3, 2)));
        Assert.Equal(new Vector2(3, 2), turn.ToUpright(new Vector2(x, y)));
    }

    [Theory]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public void A_face_comes_back_as_it_was(int degrees)
    {
        QuarterTurn turn = new(degrees, 640, 480);
        DetectedFace face = new(new(10, 20, 30, 40), 0.9f, new(new(15, 30), new(35, 30), new(25, 40), new(17, 50), new(33, 50)))
        {
            Keypoints = [new(1, 2)],
        };
        DetectedFace turned = turn.ToPicture(face);

        Assert.Equal(degrees, turned.Turned);
        Assert.Equal(degrees == 180 ? (30f, 40f) : (40f, 30f), (turned.Box.Width, turned.Box.Height));
        Assert.All(turned.Landmarks.ToArray(), point => Assert.True(Holds(turned.Box, point)));
        DetectedFace back = turn.ToUpright(turned);
        Assert.Equal((face.Box, face.Landmarks, 0), (back.Box, back.Landmarks, back.Turned));
        Assert.Equal(face.Keypoints, back.Keypoints);
    }

    private static bool Holds(FaceBox box, Vector2 point) =>
        point.X >= box.X && point.X <= box.Right && point.Y >= box.Y && point.Y <= box.Bottom;
}
