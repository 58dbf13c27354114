using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Semblance.Conversion.TfLite;

namespace ModelForge;

/// <summary>Computes what the origins of the pack's networks give on inputs made by a rule; see the README beside the files.</summary>
internal static class ReferenceValues
{
    private const int ProposalHeight = 47,
        ProposalWidth = 36;

    /// <summary>Yaw, pitch, roll.</summary>
    private static readonly string[] PoseHeads = ["output", "617", "618"];

    public static void Write(Recipes recipes, string folder)
    {
        Directory.CreateDirectory(folder);
        BlazeFace("blazeface-short", recipes.ShortRangeSource(), 128, "regressors", "classificators");
        BlazeFace("blazeface-full", recipes.FullRangeSource(), 192, "reshaped_regressor_face_4", "reshaped_classifier_face_4");
        NaiveMtcnn mtcnn = new(recipes.MtcnnSource());
        (double[] probability, double[] regression) = mtcnn.Proposal(Maps("pnet", ProposalHeight, ProposalWidth));
        Save("pnet.probability", probability);
        Save("pnet.regression", regression);
        (probability, regression) = mtcnn.Refinement(Maps("rnet", 24, 24));
        Save("rnet.probability", probability);
        Save("rnet.regression", regression);
        (probability, regression, double[] landmarks) = mtcnn.Output(Maps("onet", 48, 48));
        Save("onet.probability", probability);
        Save("onet.regression", regression);
        Save("onet.landmarks", landmarks);
        Embedder(recipes.EmbedderSource());
        Pose(recipes.PoseSource());
        Landmarks(recipes.LandmarksSource());

        void BlazeFace(string name, TfLiteModel model, int side, string boxes, string scores)
        {
            double[] input = ChannelsLast(ReferenceInput.Fill(name, 3 * side * side), side * side);
            Save(name + ".regressors", NaiveTfLite.Run(model, input, boxes));
            Save(name + ".scores", NaiveTfLite.Run(model, input, scores));
        }

        void Embedder(byte[] original)
        {
            Save(
                "mobilefacenet-512.embedding",
                Run(original, ReferenceInput.Fill("mobilefacenet-512", 3 * 112 * 112), [1, 3, 112, 112], "output")
            );
        }

        // What the package's own code does around its networks, but for the value of a bin; see FaceGeometry.Pose.
        void Pose(byte[] original)
        {
            float[] input = ReferenceInput.Fill("head-pose", 3 * 224 * 224);
            Save(
                "head-pose.pose",
                [
                    .. PoseHeads.Select(head =>
                    {
                        double[] weights = [.. Run(original, input, [1, 3, 224, 224], head).Select(Math.Exp)];
                        return weights.Select((weight, bin) => weight * bin).Sum() / weights.Sum() * 3 - 97.5;
                    }),
                ]
            );
        }

        void Landmarks(byte[] original)
        {
            float[] colours = ReferenceInput.Fill("landmarks-68", 3 * 64 * 64);
            float[] grey =
            [
                .. Enumerable
                    .Range(0, 64 * 64)
                    .Select(i => 0.299f * colours[i] + 0.587f * colours[i + 64 * 64] + 0.114f * colours[i + 2 * 64 * 64]),
            ];
            Save("landmarks-68.output", Run(original, grey, [1, 1, 64, 64], "output"));
        }

        static double[] Run(byte[] network, float[] values, long[] shape, string output)
        {
            using InferenceSession session = new(network);
            using RunOptions options = new();
            using OrtValue input = OrtValue.CreateTensorValueFromMemory(values, shape);
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["input"], [input], [output]);
            return [.. outputs[0].GetTensorDataAsSpan<float>().ToArray().Select(v => (double)v)];
        }

        void Save(string name, double[] values) =>
            File.WriteAllBytes(
                Path.Combine(folder, name + ".f32"),
                MemoryMarshal.AsBytes<float>(values.Select(v => (float)v).ToArray()).ToArray()
            );
    }

    /// <summary>Inputs are made in ONNX's order [3, height, width].</summary>
    private static double[] ChannelsLast(float[] planar, int plane) =>
        [.. Enumerable.Range(0, planar.Length).Select(i => (double)planar[i % 3 * plane + i / 3])];

    private static NaiveMtcnn.Maps Maps(string name, int height, int width)
    {
        float[] values = ReferenceInput.Fill(name, 3 * height * width);
        return new(height, width, [.. values.Select(v => (double)v).Chunk(height * width)]);
    }
}
