using Semblance.Detection;
using Semblance.Evaluation.Detectors;

namespace Semblance.Evaluation.Tests.Detectors;

public sealed class LandmarkAgreementTests
{
    [Fact]
    public void Each_sure_face_is_compared_with_the_face_that_overlaps_it_most()
    {
        DetectedFace[] known = [Face(0, 0, 0.9f, 0), Face(300, 0, 0.95f, 0), Face(600, 0, 0.7f, 0)];
        DetectedFace[] found = [Face(20, 0, 0.5f, 30), Face(2, 0, 0.4f, 3), Face(600, 0, 0.9f, 50)];
        LandmarkFigures figures = LandmarkAgreement.Of([(known, found)]);
        // The unsure face counts neither as found nor as missed, the one at 300 is missed, the one at 0 is 5 of 100 pixels off.
        Assert.Equal((2, 1), (figures.Faces, figures.Missed));
        Assert.Equal(0.05, figures.MeanByBox, 1e-6);
        Assert.Equal(0.5, figures.FailureRate, 1e-9);
    }

    [Fact]
    public void A_face_is_taken_once()
    {
        DetectedFace[] known = [Face(0, 0, 0.99f, 0), Face(10, 0, 0.9f, 0)];
        LandmarkFigures figures = LandmarkAgreement.Of([(known, [Face(5, 0, 0.9f, 0)])]);
        Assert.Equal((2, 1), (figures.Faces, figures.Missed));
    }

    private static DetectedFace Face(float x, float y, float score, float shift) =>
        new(
            new(x, y, 100, 100),
            score,
            new(
                new(x + 30 + shift, y + 40),
                new(x + 70 + shift, y + 40),
                new(x + 50 + shift, y + 60),
                new(x + 35 + shift, y + 80),
                new(x + 65 + shift, y + 80)
            )
        );
}
