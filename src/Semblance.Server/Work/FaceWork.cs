using Semblance.Gallery.Enrolling;
using Semblance.Imaging;
using Semblance.Server.Bodies;
using Semblance.Server.Hosting;

namespace Semblance.Server.Work;

/// <summary>The operations on pictures that all routes share, each on a worker of the queue.</summary>
internal sealed class FaceWork(WorkQueue queue, ServiceMetrics metrics, RequestLimits limits)
{
    /// <summary>How uploads are decoded.</summary>
    public ImageDecodingOptions Decoding { get; } = new() { PixelLimit = limits.Pixels, ByteLimit = limits.PictureBytes };

    /// <summary>The queue.</summary>
    public WorkQueue Queue => queue;

    /// <summary>Finds and describes the faces of a picture.</summary>
    public Task<ImageAnalysis> AnalyzeAsync(FaceAnalyzer analyzer, Upload upload, FaceFeatures features, CancellationToken gone) =>
        queue.RunAsync(stop => Analyze(analyzer, upload, features, stop), gone);

    /// <summary>Finds and describes the faces of a picture on the calling thread, which is a worker.</summary>
    public ImageAnalysis Analyze(FaceAnalyzer analyzer, Upload upload, FaceFeatures features, CancellationToken stop)
    {
        using FaceImage image = FaceImage.FromBytes(upload.Bytes, upload.Name, Decoding);
        ImageAnalysis analysis = analyzer.Analyze(image, features, stop);
        metrics.Record(analysis);
        return analysis;
    }

    /// <summary>The same with the aligned crop of every face, as PNG.</summary>
    public Task<(ImageAnalysis Analysis, byte[][] Crops)> AnalyzeWithCropsAsync(
        FaceAnalyzer analyzer,
        Upload upload,
        FaceFeatures features,
        CancellationToken gone
    ) =>
        queue.RunAsync(
            stop =>
            {
                using FaceImage image = FaceImage.FromBytes(upload.Bytes, upload.Name, Decoding);
                ImageAnalysis analysis = analyzer.Analyze(image, features, stop);
                metrics.Record(analysis);
                return (analysis, analysis.Faces!.Select(face => CropPng.Encode(analyzer.Aligner.Align(image, face.Detection))).ToArray());
            },
            gone
        );

    /// <summary>Compares the faces of two pictures.</summary>
    public Task<VerificationResult> VerifyAsync(
        FaceAnalyzer analyzer,
        Upload a,
        Upload b,
        VerificationOptions options,
        CancellationToken gone
    ) => queue.RunAsync(_ => VerifyOnWorkerAsync(analyzer, a, b, options, gone), gone);

    /// <summary>The same within a place that a request of many pictures has.</summary>
    public Task<VerificationResult> VerifyOnWorkerAsync(
        FaceAnalyzer analyzer,
        Upload a,
        Upload b,
        VerificationOptions options,
        CancellationToken gone
    ) =>
        Task.Run(
            () =>
            {
                using FaceImage imageA = FaceImage.FromBytes(a.Bytes, a.Name, Decoding);
                using FaceImage imageB = FaceImage.FromBytes(b.Bytes, b.Name, Decoding);
                return analyzer.Verify(imageA, imageB, options, gone);
            },
            gone
        );

    /// <summary>The chosen face of a picture with its embedding.</summary>
    /// <exception cref="NoFaceException">There is none.</exception>
    public Task<AnalyzedFace> EmbedChosenAsync(FaceAnalyzer analyzer, Upload upload, FaceChoice choice, CancellationToken gone) =>
        queue.RunAsync(
            stop =>
            {
                using FaceImage image = FaceImage.FromBytes(upload.Bytes, upload.Name, Decoding);
                return analyzer.EmbedChosen(image, choice, stop) ?? throw new NoFaceException(upload.Name);
            },
            gone
        );

    /// <summary>Reads pictures for enrolment.</summary>
    public async Task<EnrolmentPhoto[]> ReadAsync(PhotoReader reader, IReadOnlyList<Upload> uploads, CancellationToken gone)
    {
        using IDisposable place = queue.TakePlace();
        return await Task.WhenAll(
                uploads.Select(upload =>
                    queue.OnWorkerAsync(stop => Task.Run(() => reader.Read(upload.Name, upload.Bytes, stop), stop), gone)
                )
            )
            .ConfigureAwait(false);
    }
}
