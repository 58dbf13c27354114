using Semblance.Evaluation.Degrading;
using Semblance.Evaluation.Parts;
using Semblance.Evaluation.Running;
using Semblance.Evaluation.Verification;
using Semblance.TestSupport;

namespace Semblance.Evaluation.Tests.Parts;

public sealed class ConditionPartTests
{
    private const int People = 12;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Strong_blur_withholds_answers_and_accepts_fewer_of_one_person_when_thresholds_are_judged()
    {
        string folder = ReferenceData.RequireUnpacked("data/lfw-view1.tar");
        string[] images =
        [
            .. LabelledPair
                .Read(Path.Combine(folder, "pairs.csv"))
                .Where(pair => pair.Same)
                .DistinctBy(pair => VerificationPart.FolderOf(pair.ImageA))
                .Take(People)
                .SelectMany(pair => new[] { pair.ImageA, pair.ImageB }),
        ];
        using FaceAnalyzer analyzer = FaceAnalyzer.CreateDefault();
        (MeasuredPart part, IReadOnlyList<ConditionReport> reports) = await ConditionPart.MeasureAsync(
            new(analyzer, new()),
            new("some", "", PictureSet.Open(folder)),
            images,
            [PictureDegradation.Parse("grey"), PictureDegradation.Parse("blur:8")],
            new()
            {
                Rates = [1e-2],
                Groups = new() { Draws = 50 },
            },
            Stop
        );
        Dictionary<string, ConditionReport> at = reports.ToDictionary(report => report.Condition);
        Assert.Equal(["blur:8", "clear", "grey"], at.Keys.Order());
        // Two pictures each: strangers are all pairs but those of one person, and with the clear ones both ways.
        Assert.Equal(2 * People * (2 * People - 2) / 2, at["grey"].Fmr.Trials);
        Assert.Equal(2 * People * (2 * People - 2), at["grey"].FmrWithClear.Trials);
        Assert.Equal((People, 2 * People), (at["grey"].Fnmr.Trials, at["grey"].FnmrWithClear.Trials));
        Assert.Equal(0, at["clear"].CannotTell.Events);
        Assert.True(at["blur:8"].CannotTell.Events > 2, at["blur:8"].CannotTell.ToString());
        Assert.True(at["blur:8"].Fnmr.Events > at["grey"].Fnmr.Events);
        Assert.True(at["blur:8"].Fmr.Rate < 0.03, at["blur:8"].Fmr.ToString());
        Assert.Contains(part.Sections[0].Figures, figure => figure.Id == "cannotTell.1e-2.blur-8" && figure.Value > 0.05);
    }

    [Fact]
    public async Task Set_without_second_pictures_is_refused_when_conditions_are_measured()
    {
        using FaceAnalyzer analyzer = FaceAnalyzer.CreateDefault();
        PictureSet set = PictureSet.Open(Path.Combine(ReferenceData.Repository, "samples"));
        EvaluationException error = await Assert.ThrowsAsync<EvaluationException>(() =>
            ConditionPart.MeasureAsync(new(analyzer, new()), new("one", "", set), ["photos/astronaut.png"], [], new(), Stop)
        );
        Assert.Contains("several pictures", error.Message, StringComparison.Ordinal);
    }
}
