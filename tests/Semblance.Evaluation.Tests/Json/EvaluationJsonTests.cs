using Semblance.Evaluation.Detection;
using Semblance.Evaluation.Json;
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
}
