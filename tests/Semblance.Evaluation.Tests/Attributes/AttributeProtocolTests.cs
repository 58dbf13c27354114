using Semblance.Attributes;
using Semblance.Evaluation.Attributes;

namespace Semblance.Evaluation.Tests.Attributes;

public sealed class AttributeProtocolTests
{
    private static readonly string[] Names = ["happy", "sad"];

    [Fact]
    public void Age_counts_errors_coverage_and_unknown_faces()
    {
        AgeReport report = AttributeProtocol.Age(
            [
                Age(30, 33, 28, 40),
                Age(40, 40, 35, 39),
                Age(5, 15, 4, 20),
                Age(70, 58, 50, 66),
                (Face(age: 20), AttributeEstimate.NotKnown<AgeEstimate>("too small")),
            ],
            [0, 1, 0, 0, 1, 1, 0, 0, 3]
        );
        Assert.Equal((5, 1), (report.Faces, report.Unknown));
        Assert.Equal((3 + 0 + 10 + 12) / 4.0, report.Mae, 9);
        Assert.Equal(0.5, report.Within5, 9);
        Assert.Equal(0.75, report.Within10, 9);
        Assert.Equal(0.5, report.Coverage80!.Value, 9);
        Assert.Equal((10 + 3 + 0 + 3 * 12) / 6.0, report.MaeReweighted!.Value, 9);
        Assert.Equal(12, report.MaeByAgeGroup["70+"]);
        Assert.Equal((1, 0), (report.Coverage80ByAgeGroup["3-9"], report.Coverage80ByAgeGroup["70+"]));
    }

    [Fact]
    public void Gender_counts_an_unknown_face_once_as_unknown_and_once_as_wrong()
    {
        GenderReport report = AttributeProtocol.Gender([
            Gender("female", 40, "female", 0.9),
            Gender("female", 5, "male", 0.6),
            Gender("male", 60, "male", 0.9),
            Gender("male", 61, "male", 0.9),
            (Face(age: 30, gender: "male"), AttributeEstimate.NotKnown<GenderEstimate>("unsure")),
        ]);
        Assert.Equal(0.75, report.Accuracy, 9);
        Assert.Equal(0.6, report.AccuracyWithUnknownAsWrong, 9);
        Assert.Equal(0.5, report.Recall["female"], 9);
        Assert.Equal(1, report.Adults!.Accuracy, 9);
        Assert.Equal(1, report.Adults.Unknown);
        Assert.Equal(0, report.AccuracyByAgeGroup["3-9"], 9);
        // Three answers at 0.9 that are all right, one at 0.6 that is wrong.
        Assert.Equal((3 * 0.1 + 0.6) / 4, report.Ece, 9);
    }

    [Fact]
    public void Emotion_gives_accuracy_by_class_and_the_confusion()
    {
        EmotionReport report = AttributeProtocol.Emotion([
            Emotion("happy", "happy"),
            Emotion("happy", "happy"),
            Emotion("happy", "sad"),
            Emotion("sad", "happy"),
        ]);
        Assert.Equal(0.5, report.Accuracy, 9);
        Assert.Equal((2 / 3.0 + 0) / 2, report.MeanClassAccuracy, 9);
        Assert.Equal((2.0 * 2 / (3 + 3) + 0) / 2, report.MacroF1, 9);
        Assert.Equal(1, report.Confusion["happy"]["sad"]);
    }

    [Fact]
    public void Labels_that_the_model_does_not_know_are_refused_by_name()
    {
        EvaluationException error = Assert.Throws<EvaluationException>(() => AttributeProtocol.Emotion([Emotion("contempt", "sad")]));
        Assert.Contains("'contempt'", error.Message);
    }

    [Fact]
    public void Nothing_judged_is_an_error_and_not_a_perfect_score() =>
        Assert.Throws<EvaluationException>(() =>
            AttributeProtocol.Age([(Face(age: 20), AttributeEstimate.NotKnown<AgeEstimate>("no face"))])
        );

    [Theory]
    [InlineData(0, "0-2")]
    [InlineData(2.9, "0-2")]
    [InlineData(3, "3-9")]
    [InlineData(10, "10-19")]
    [InlineData(69.9, "60-69")]
    [InlineData(101, "70+")]
    public void An_age_belongs_to_its_group(double years, string group) => Assert.Equal(group, AgeGroups.Of(years));

    private static LabelledFace Face(double? age = null, string? gender = null, string? emotion = null) =>
        new("x.jpg", age, gender, emotion, null);

    private static (LabelledFace, AttributeEstimate<AgeEstimate>) Age(double truth, double years, double low, double high) =>
        (Face(age: truth), AttributeEstimate.Of(new AgeEstimate(years, [low, high])));

    private static (LabelledFace, AttributeEstimate<GenderEstimate>) Gender(string truth, double age, string answer, double probability) =>
        (Face(age, truth), AttributeEstimate.Of(new GenderEstimate(answer, probability)));

    private static (LabelledFace, AttributeEstimate<EmotionEstimate>) Emotion(string truth, string answer) =>
        (
            Face(emotion: truth),
            AttributeEstimate.Of(new EmotionEstimate(answer, Names.ToDictionary(name => name, name => name == answer ? 0.8 : 0.2)))
        );
}
