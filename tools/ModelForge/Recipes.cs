using Semblance.Conversion.FaceApi;
using Semblance.Conversion.Networks;
using Semblance.Conversion.Onnx;
using Semblance.Conversion.Rewrites;
using Semblance.Conversion.TfLite;

namespace ModelForge;

/// <summary>How every network of the pack is made.</summary>
internal sealed class Recipes(PackageSources sources)
{
    public const string ShortRangeFile = "face_detection_short_range.tflite";
    public const string FullRangeFile = "face_detection_full_range.tflite";
    public const string EmbedderFile = "model/fr_feature.onnx";
    private const string PoseFile = "model/fr_pose.onnx",
        LandmarksFile = "model/fr_landmark.onnx";
    private const string MtcnnManifest = "weights/mtcnn_model-weights_manifest.json";

    /// <summary>Model id, role and file of every network, and what makes it.</summary>
    public IEnumerable<(string Model, string Role, string File, Func<OnnxModel> Make)> Networks()
    {
        yield return ("blazeface-short", "model", "model.onnx", ShortRange);
        yield return ("blazeface-full", "model", "model.onnx", FullRange);
        yield return ("mtcnn", "pnet", "pnet.onnx", () => Mtcnn(PReluForm.Convolutions).Proposal());
        yield return ("mtcnn", "rnet", "rnet.onnx", () => Mtcnn(PReluForm.Convolutions).Refinement());
        yield return ("mtcnn", "onet", "onet.onnx", () => Mtcnn(PReluForm.Convolutions).Output());
        yield return ("mobilefacenet-512", "model", "model.onnx", Embedder);
        yield return ("head-pose", "model", "model.onnx", () => FaceGeometry.Pose(OnnxModel.Parse(PoseSource())));
        yield return ("landmarks-68", "model", "model.onnx", () => FaceGeometry.Landmarks(OnnxModel.Parse(LandmarksSource())));
    }

    /// <summary>The same networks as ordinary exporters write them, for comparison.</summary>
    public IEnumerable<(string File, Func<byte[]> Make)> Originals()
    {
        yield return ("pnet.onnx", () => Mtcnn(PReluForm.Operator).Proposal().ToBytes());
        yield return ("rnet.onnx", () => Mtcnn(PReluForm.Operator).Refinement().ToBytes());
        yield return ("onet.onnx", () => Mtcnn(PReluForm.Operator).Output().ToBytes());
        yield return ("fr_feature.onnx", () => sources.Read(NpmPackage.FacePlugin, EmbedderFile));
    }

    public TfLiteModel ShortRangeSource() => TfLiteModel.Read(sources.Read(NpmPackage.MediaPipe, ShortRangeFile));

    public TfLiteModel FullRangeSource() => TfLiteModel.Read(sources.Read(NpmPackage.MediaPipe, FullRangeFile));

    public FaceApiWeights MtcnnSource() =>
        FaceApiWeights.Read(sources.Read(NpmPackage.ModernFaceApi, MtcnnManifest), shard =>
            sources.Read(NpmPackage.ModernFaceApi, "weights/" + shard)
        );

    public byte[] EmbedderSource() => sources.Read(NpmPackage.FacePlugin, EmbedderFile);

    public byte[] PoseSource() => sources.Read(NpmPackage.FacePlugin, PoseFile);

    public byte[] LandmarksSource() => sources.Read(NpmPackage.FacePlugin, LandmarksFile);

    private OnnxModel ShortRange() =>
        ChannelWidening.Apply(
            TfLiteToOnnx.Convert(ShortRangeSource(), "blazeface-short", ("regressors", "regressors"), ("classificators", "scores"))
        );

    private OnnxModel FullRange() =>
        ChannelWidening.Apply(
            TfLiteToOnnx.Convert(
                FullRangeSource(),
                "blazeface-full",
                ("reshaped_regressor_face_4", "regressors"),
                ("reshaped_classifier_face_4", "scores")
            )
        );

    private MtcnnNetworks Mtcnn(PReluForm form) => new(MtcnnSource(), form);

    private OnnxModel Embedder() => PReluRewrite.Apply(EmbedderRewrite.FreeBatch(OnnxModel.Parse(EmbedderSource()), "embedding"));
}
