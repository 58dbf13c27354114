using System.Text.Json;
using Semblance.Evaluation.Calibration;
using Semblance.Evaluation.Detection;
using Semblance.Evaluation.Detectors;
using Semblance.Evaluation.Json;
using Semblance.Evaluation.Statistics;
using Semblance.Evaluation.Templates;
using Semblance.Evaluation.Verification;

namespace Semblance.Evaluation.Tests.Json;

public sealed class EvaluationJsonTests
{
    [Fact]
    public void Verification_report_has_the_documented_keys() =>
        Assert.Equal(
            """{"pairs":1000,"images":1549,"missed":1,"accuracy":0.992,"accuracyStd":0.01,"threshold":0.25,"auc":0.998,"eer":0.009,"tarAtFmr":{"1e-2":0.99,"1e-3":0.98}}""",
            EvaluationJson.Serialize(
                new VerificationReport(
                    1000,
                    1549,
                    1,
                    0.992,
                    0.01,
                    0.25,
                    0.998,
                    0.009,
                    new Dictionary<string, double> { ["1e-2"] = 0.99, ["1e-3"] = 0.98 }
                )
            )
        );

    [Fact]
    public void Detection_report_has_the_documented_keys() =>
        Assert.Equal(
            """{"images":50,"faces":819,"ap":{"16":0.81,"32":0.844},"recallAt1FalsePositivePerImage":{"16":0.82,"32":0.85},"scoreFloor":0.5}""",
            EvaluationJson.Serialize(
                new DetectionReport(
                    50,
                    819,
                    new Dictionary<string, double> { ["16"] = 0.81, ["32"] = 0.844 },
                    new Dictionary<string, double> { ["16"] = 0.82, ["32"] = 0.85 },
                    0.5
                )
            )
        );

    [Fact]
    public void Absent_figures_are_left_out_and_figures_of_nothing_are_written()
    {
        HalvesRow row = new()
        {
            MadeBy = 1,
            Axis = "age",
            Group = "3-6",
            AskedRate = 1e-4,
            Threshold = 0.25,
            Fmr = RateEstimate.Independent(0, 0),
            Bound = 3e-4,
        };
        string json = EvaluationJson.Serialize(new HalvesReport([1, 1], [2, 2], [3, 3], 0, [row]));
        // Programs ask whether a group is too small, so this stands there even where it is not.
        Assert.Contains("\"rate\":\"NaN\"", json, StringComparison.Ordinal);
        Assert.Contains("\"tooSmall\":null", json, StringComparison.Ordinal);
        Assert.DoesNotContain("landmarks", EvaluationJson.Serialize(new DetectorComparisonReport([new("é", true, 1)])));
        Assert.Contains("\"detector\":\"é\"", EvaluationJson.Serialize(new DetectorComparisonReport([new("é", true, 1)])));
    }

    [Fact]
    public void Report_that_is_held_as_an_object_and_one_of_a_web_program_are_the_same()
    {
        TemplateReport report = new()
        {
            Pictures = 1,
            Missed = 0,
            Templates = 1,
            WithoutFace = 0,
            Media = 1,
            Pooling = TemplatePooling.Norm,
        };
        string json = EvaluationJson.Serialize<object>(report);
        Assert.Contains("\"pooling\":\"norm\"", json, StringComparison.Ordinal);
        JsonSerializerOptions web = new();
        EvaluationJson.Configure(web);
        Assert.Equal(json, JsonSerializer.Serialize(report, web));
        Assert.Throws<NotSupportedException>(() => EvaluationJson.Serialize(new Uri("http://localhost")));
    }
}
