using System.Numerics;
using System.Text.Json;
using Semblance.Conversion.Tests.Reference;
using Semblance.Geometry;
using Semblance.TestSupport;
using Semblance.Training.Detectors.Losses;
using static TorchSharp.torch;

namespace Semblance.Training.Tests.Detectors.Losses;

/// <summary>Priors, targets, loss and gradients against numbers of the official code.</summary>
public sealed class MultiBoxLossTests
{
    private const int Side = 64,
        Priors = 168,
        Pictures = 2;
    private const float Tolerance = 1e-5f;

    private readonly JsonElement _reference = JsonDocument
        .Parse(File.ReadAllText(ReferenceData.Require("reference/retinaface_loss.json")))
        .RootElement;

    [Fact]
    public void Priors_are_the_official_ones_when_the_input_has_64_pixels()
    {
        Prior[] priors = PriorGrid.Of(Side, Side);
        Assert.Equal(Priors, priors.Length);
        int p = 0;
        foreach (float[] expected in _reference.GetProperty("priors").EnumerateArray().Select(Floats))
        {
            Prior prior = priors[p++];
            AssertNear(expected, [prior.X / Side, prior.Y / Side, prior.Side / Side, prior.Side / Side]);
        }
    }

    [Fact]
    public void Targets_are_the_official_ones_when_faces_are_matched_with_priors()
    {
        PriorTargets[] targets = Targets();
        for (int picture = 0; picture < Pictures; picture++)
        {
            JsonElement[] expected = [.. _reference.GetProperty("images")[picture].GetProperty("positives").EnumerateArray()];
            Assert.Equal(
                expected.Select(positive => positive.GetProperty("prior").GetInt32()),
                Enumerable.Range(0, Priors).Where(p => targets[picture].Kinds[p] != PriorTargets.Background)
            );
            foreach (JsonElement positive in expected)
            {
                int prior = positive.GetProperty("prior").GetInt32();
                Assert.Equal(positive.GetProperty("label").GetInt32(), targets[picture].Kinds[prior]);
                AssertNear(Floats(positive.GetProperty("loc")), targets[picture].Boxes.AsSpan(prior * 4, 4));
                if (targets[picture].Kinds[prior] == PriorTargets.Face)
                    AssertNear(Floats(positive.GetProperty("landms")), targets[picture].Landmarks.AsSpan(prior * 10, 10));
            }
        }
    }

    [Fact]
    public void Loss_and_gradients_are_the_official_ones_when_predictions_are_those_of_the_reference()
    {
        Tensor boxes = Prediction("multibox.loc", 4),
            scores = Prediction("multibox.conf", 2),
            landmarks = Prediction("multibox.landms", 10);
        DetectionLosses losses = MultiBoxLoss.Of(new(boxes, scores, landmarks, []), BatchTargets.Of(Targets()));
        AssertNear([_reference.GetProperty("loss_loc").GetSingle()], [losses.Boxes.item<float>()]);
        AssertNear([_reference.GetProperty("loss_conf").GetSingle()], [losses.Scores.item<float>()]);
        AssertNear([_reference.GetProperty("loss_landms").GetSingle()], [losses.Landmarks.item<float>()]);
        (2 * losses.Boxes + losses.Scores + losses.Landmarks).backward();
        for (int picture = 0; picture < Pictures; picture++)
        {
            JsonElement expected = _reference.GetProperty("images")[picture];
            AssertNear(Rows(expected, "grad_conf"), scores.grad![picture].data<float>().ToArray());
            int[] positives = [.. expected.GetProperty("positives").EnumerateArray().Select(one => one.GetProperty("prior").GetInt32())];
            Tensor rows = tensor(positives.Select(p => (long)p).ToArray());
            AssertNear(Rows(expected, "grad_loc_positives"), boxes.grad![picture].index_select(0, rows).data<float>().ToArray());
            AssertNear(Rows(expected, "grad_landms_positives"), landmarks.grad![picture].index_select(0, rows).data<float>().ToArray());
            Assert.Equal(positives.Length, boxes.grad![picture].abs().sum(1).count_nonzero().item<long>());
        }
    }

    [Fact]
    public void Priors_on_an_ignored_face_are_no_background_when_negatives_are_chosen()
    {
        LabelledFace face = new(new(8, 8, 20, 20)),
            ignored = new(new(40, 40, 10, 10), Ignored: true);
        PriorTargets targets = PriorTargets.Match(PriorGrid.Of(Side, Side), [face, ignored]);
        int[] blind = [.. Enumerable.Range(0, Priors).Where(p => targets.Kinds[p] == PriorTargets.Ignored)];
        Assert.NotEmpty(blind);
        Tensor scores = zeros(1, Priors, 2, requires_grad: true);
        MultiBoxLoss.Of(new(zeros(1, Priors, 4), scores, zeros(1, Priors, 10), []), BatchTargets.Of([targets])).Scores.backward();
        Assert.All(blind, p => Assert.Equal(0, scores.grad![0, p, 1].item<float>()));
    }

    private PriorTargets[] Targets() =>
        [
            .. _reference
                .GetProperty("targets")
                .EnumerateArray()
                .Select(faces => PriorTargets.Match(PriorGrid.Of(Side, Side), [.. faces.EnumerateArray().Select(Floats).Select(Face)])),
        ];

    private static LabelledFace Face(float[] values) =>
        new(
            new FaceBox(values[0] * Side, values[1] * Side, (values[2] - values[0]) * Side, (values[3] - values[1]) * Side),
            values[14] < 0 ? null : [.. Enumerable.Range(0, 5).Select(k => new Vector2(values[4 + 2 * k], values[5 + 2 * k]) * Side)]
        );

    private static Tensor Prediction(string key, int size)
    {
        long[] shape = [Pictures, Priors, size];
        float[] values = [.. new RuleTensor(key, "input", 1, shape).ToFloats()];
        return tensor(values, shape, requires_grad: true);
    }

    private static float[] Floats(JsonElement list) => [.. list.EnumerateArray().Select(value => value.GetSingle())];

    private static float[] Rows(JsonElement picture, string name) => [.. picture.GetProperty(name).EnumerateArray().SelectMany(Floats)];

    private static void AssertNear(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], Tolerance * Math.Max(1, Math.Abs(expected[i])));
    }
}
