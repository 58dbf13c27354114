using System.Text.Json;
using Semblance.TestSupport;
using Semblance.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Semblance.Training.Tests.Losses;

/// <summary>Logits, loss and gradients against numbers of the official code.</summary>
public sealed class MarginReferenceTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, 13)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Margin_gives_the_official_numbers_when_it_is_computed_in_double_precision(int index) =>
        Check(index, ScalarType.Float64, (expected, _) => 1e-9 * Math.Max(1, Math.Abs(expected)));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Margin_gives_the_official_numbers_when_it_is_computed_in_single_precision(int index) =>
        Check(index, ScalarType.Float32, (_, gradient) => gradient ? 1e-3 : 1e-4);

    private static void Check(int index, ScalarType type, Func<double, bool, double> tolerance)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(ReferenceData.Require("reference/margin_heads.json")));
        JsonElement root = file.RootElement,
            reference = root.GetProperty("cases")[index];
        (Margin margin, double filter) = Create(reference.GetProperty("name").GetString()!, reference.GetProperty("parameters"));
        using ClassifierHead head = new(Matrix(root.GetProperty("weight")), margin, filter);
        head.to(type);
        if (!reference.TryGetProperty("steps", out JsonElement steps))
            CheckStep(root, reference, "features", "labels", head, margin, type, tolerance);
        else
            foreach (JsonElement step in steps.EnumerateArray())
                CheckStep(
                    root,
                    step,
                    step.GetProperty("features").GetString()!,
                    step.GetProperty("labels").GetString()!,
                    head,
                    margin,
                    type,
                    tolerance
                );
    }

    private static void CheckStep(
        JsonElement root,
        JsonElement expected,
        string featuresName,
        string labelsName,
        ClassifierHead head,
        Margin margin,
        ScalarType type,
        Func<double, bool, double> tolerance
    )
    {
        using var scope = NewDisposeScope();
        head.zero_grad();
        Tensor features = Matrix(root.GetProperty(featuresName)).to(type).requires_grad_();
        Tensor labels = tensor(root.GetProperty(labelsName).EnumerateArray().Select(x => x.GetInt64()).ToArray());
        Tensor logits = head.Logits(features, labels, head.Weight);
        Tensor loss = nn.functional.cross_entropy(logits, labels);
        loss.backward();
        Compare(Matrix(expected.GetProperty("logits")), logits, x => tolerance(x, false), "logits");
        Compare(tensor(expected.GetProperty("loss").GetDouble()), loss, x => tolerance(x, false), "loss");
        Compare(Matrix(expected.GetProperty("grad_features")), features.grad!, x => tolerance(x, true), "gradient of the features");
        Compare(Matrix(expected.GetProperty("grad_weight")), head.Weight.grad!, x => tolerance(x, true), "gradient of the weight");
        if (margin is not AdaFaceMargin adaptive)
            return;
        Compare(tensor(expected.GetProperty("batch_mean").GetDouble()), adaptive.BatchMean, x => tolerance(x, false), "mean of the norms");
        Compare(
            tensor(expected.GetProperty("batch_std").GetDouble()),
            adaptive.BatchStd,
            x => tolerance(x, false),
            "deviation of the norms"
        );
    }

    private static (Margin Margin, double Filter) Create(string name, JsonElement parameters)
    {
        double Value(string key, double otherwise = 0) =>
            parameters.TryGetProperty(key, out JsonElement value) ? value.GetDouble() : otherwise;
        double s = Value("s"),
            m = Value("m"),
            filter = Value("interclass_filtering_threshold");
        Margin margin = name switch
        {
            "arcface_torch.ArcFace" => new ArcFaceMargin(m, s),
            "arcface_torch.CosFace" => new CosFaceMargin(m, s),
            "arcface_threshold_variant.easy_margin_false" => new ThresholdArcFaceMargin(AngularFallback.Continued, m, s),
            "arcface_threshold_variant.easy_margin_true" => new ThresholdArcFaceMargin(AngularFallback.Easy, m, s),
            "adaface.ArcFace" => new ClippedArcFaceMargin(m, s),
            // The official code keeps this margin in single precision, whatever it computes in.
            "adaface.CosFace" => new CosFaceMargin((float)m, s, limit: 1 - 1e-4),
            _ when name.StartsWith("arcface_torch.CombinedMarginLoss", StringComparison.Ordinal) => new CombinedMargin(
                Value("m1"),
                Value("m2"),
                Value("m3"),
                s
            ),
            _ when name.StartsWith("adaface.AdaFace", StringComparison.Ordinal) => new AdaFaceMargin(m, s, Value("h"), Value("t_alpha")),
            _ => throw new InvalidOperationException($"unknown case {name}"),
        };
        return (margin, filter);
    }

    private static Tensor Matrix(JsonElement rows)
    {
        double[][] values = [.. rows.EnumerateArray().Select(row => row.EnumerateArray().Select(x => x.GetDouble()).ToArray())];
        return tensor(values.SelectMany(row => row).ToArray(), [values.Length, values[0].Length]);
    }

    private static void Compare(Tensor expected, Tensor actual, Func<double, double> tolerance, string what)
    {
        double[] wanted = expected.to(ScalarType.Float64).flatten().data<double>().ToArray();
        double[] got = actual.detach().to(ScalarType.Float64).flatten().data<double>().ToArray();
        Assert.Equal(wanted.Length, got.Length);
        for (int i = 0; i < wanted.Length; i++)
            Assert.True(
                Math.Abs(wanted[i] - got[i]) <= tolerance(wanted[i]),
                $"{what}, element {i}: {wanted[i]:r} expected, {got[i]:r} found"
            );
    }
}
