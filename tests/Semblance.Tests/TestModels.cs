using Semblance.Detection.BlazeFace;
using Semblance.Detection.Mtcnn;
using Semblance.Embedding;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Tests;

/// <summary>The real pack, with networks loaded once for all tests.</summary>
internal static class TestModels
{
    public static ExecutionOptions OneThread { get; } = new() { Threads = 1 };

    public static ModelCatalog Catalog { get; } = new(Path.Combine(AppContext.BaseDirectory, "models"));

    public static MtcnnDetector Mtcnn { get; } = new(Catalog.Find("mtcnn"), execution: OneThread);

    public static MtcnnDetector OfficialMtcnn { get; } = new(Catalog.Find("mtcnn"), MtcnnOptions.Official, OneThread);

    public static BlazeFaceDetector ShortRange { get; } = new(Catalog.Find("blazeface-short"), execution: OneThread);

    public static BlazeFaceDetector FullRange { get; } = new(Catalog.Find("blazeface-full"), execution: OneThread);

    public static OnnxFaceEmbedder Embedder { get; } = new(Catalog.Find("mobilefacenet-512"), execution: OneThread);

    public static FaceAnalyzer Analyzer { get; } = FaceAnalyzer.CreateBuilder().UseCatalog(Catalog).UseExecution(OneThread).Build();
}
