using Semblance.Conversion.Onnx;
using Semblance.Models;
using Semblance.Tests.Support;

namespace Semblance.Tests.Models.Pulling;

/// <summary>Small networks of the signatures that the official files have: the same inputs and outputs, with names of their own.</summary>
internal static class PullableSignatures
{
    /// <summary>One face at which the detectors' outputs point, in pixels of the input: prior or anchor centre (12, 4) or (32,
    /// 16).</summary>
    public static OnnxModel Of(PullableModel model)
    {
        if (model.Manifest.Kinds.Contains(ModelKind.Embedder))
            return model.Id.StartsWith("adaface", StringComparison.Ordinal)
                ? SmallNetworks.EmbedderWithNorm(112, 512)
                : SmallNetworks.Embedder("N", 112, 512);
        return model.Id switch
        {
            "insightface-genderage" => SmallNetworks.Constant(["N", 3, 96, 96], ("fc1", [1, 3], [0, 2, 0.31f])),
            "fairface" => SmallNetworks.Constant(
                ["N", 3, 224, 224],
                ("race", [1, 7], new float[7]),
                ("gender_logits", [1, 2], [0, 3]),
                ("age_logits", [1, 9], [0, 0, 0, 9, 0, 0, 0, 0, 0])
            ),
            "minifasnet-v2" => SmallNetworks.Constant(["N", 3, 80, 80], ("logits", [1, 3], [0, 4, 0])),
            "ediffiqa-t" => SmallNetworks.Constant(["N", 3, 112, 112], ("score", [1, 1], [0.73f])),
            _ => model.Manifest.Output.Decoder!.Kind == DetectorDecoder.Scrfd ? Scrfd() : RetinaFace(),
        };
    }

    private static OnnxModel RetinaFace()
    {
        float[] scores = new float[2 * 16800];
        scores[2 * 3 + 1] = 0.8f;
        return SmallNetworks.Constant(
            [1, 3, 640, 640],
            ("l", [1, 16800, 4], new float[4 * 16800]),
            ("c", [1, 16800, 2], scores),
            ("k", [1, 16800, 10], new float[168000])
        );
    }

    private static OnnxModel Scrfd()
    {
        List<(string, long[], float[])> outputs = [];
        foreach (int values in new[] { 1, 4, 10 })
        foreach (int anchors in new[] { 12800, 3200, 800 })
        {
            float[] numbers = new float[anchors * values];
            if (anchors == 3200)
                numbers.AsSpan(2 * 41 * values, values).Fill(values == 1 ? 0.9f : 1);
            outputs.Add(($"{400 + outputs.Count}", [anchors, values], numbers));
        }
        return SmallNetworks.Constant([1, 3, 640, 640], outputs);
    }
}
