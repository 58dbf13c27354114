using Semblance.Detection;
using Semblance.Json;

namespace Semblance.Tests.Json;

public sealed class AbsentLandmarksTests
{
    [Fact]
    public void A_face_without_landmarks_has_an_empty_list_and_says_why()
    {
        DetectedFace face = new(new(1, 2, 3, 4), 0.5f, default) { LandmarksSource = LandmarksSource.None };
        string json = SemblanceJson.Serialize(
            new ImageAnalysis
            {
                Input = "a.jpg",
                Width = 10,
                Height = 10,
                Faces = [AnalyzedFace.From(face)],
            }
        );
        Assert.Contains("\"landmarks\":[],\"landmarksSource\":\"none\"", json);
    }
}
