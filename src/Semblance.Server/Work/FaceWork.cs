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
        queue.RunAsync(PixelsOf(upload), stop => AnalyzeOnWorkerAsync(analyzer, upload, features, stop), gone);

    /// <summary>The same within a place that the request has already.</summary>
    public async Task<ImageAnalysis> AnalyzeOnWorkerAsync(
        FaceAnalyzer analyzer,
        Upload upload,
        FaceFeatures features,
        CancellationToken stop
    )
    {
        ImageAnalysis analysis = await analyzer.AnalyzeAsync(ItemOf(upload), features, stop).ConfigureAwait(false);
        metrics.Record(analysis);
        return analysis;
    }

    /// <summary>Compares the faces of two pictures.</summary>
    public Task<VerificationResult> VerifyAsync(
        FaceAnalyzer analyzer,
        Upload a,
        Upload b,
        VerificationOptions options,
        CancellationToken gone
    ) => queue.RunAsync(PixelsOf(a, b), stop => VerifyOnWorkerAsync(analyzer, a, b, options, stop), gone);

    /// <summary>The same within a place that the request has already.</summary>
    public static Task<VerificationResult> VerifyOnWorkerAsync(
        FaceAnalyzer analyzer,
        Upload a,
        Upload b,
        VerificationOptions options,
        CancellationToken stop
    ) => analyzer.VerifyAsync(ItemOf(a), ItemOf(b), options, stop);

    /// <summary>The chosen face of a picture with its embedding and quality.</summary>
    /// <exception cref="NoFaceException">There is none.</exception>
    public async Task<AnalyzedFace> EmbedChosenAsync(FaceAnalyzer analyzer, Upload upload, FaceChoice choice, CancellationToken gone)
    {
        AnalysisOptions options = new() { Features = FaceFeatures.Embedding | FaceFeatures.Quality, FaceChoice = choice };
        ImageAnalysis analysis = await queue
            .RunAsync(PixelsOf(upload), stop => analyzer.AnalyzeAsync(ItemOf(upload), options, stop), gone)
            .ConfigureAwait(false);
        metrics.Record(analysis);
        return analysis.Faces!.FirstOrDefault(face => face.Embedding is not null) ?? throw new NoFaceException(upload.Name);
    }

    /// <summary>Reads pictures for enrolment.</summary>
    public async Task<EnrolmentPhoto[]> ReadAsync(PhotoReader reader, IReadOnlyList<Upload> uploads, CancellationToken gone)
    {
        using IDisposable place = queue.TakePlace();
        EnrolmentPhoto[] photos = new EnrolmentPhoto[uploads.Count];
        // No more at a time than there are workers: who brings many pictures lets others in between.
        ParallelOptions together = new() { MaxDegreeOfParallelism = queue.Workers, CancellationToken = gone };
        await Parallel
            .ForAsync(0, uploads.Count, together, async (i, stop) =>
                photos[i] = await queue
                    .OnWorkerAsync(PixelsOf(uploads[i]), gone => reader.ReadAsync(ItemOf(uploads[i]), gone), stop)
                    .ConfigureAwait(false)
            )
            .ConfigureAwait(false);
        return photos;
    }

    /// <summary>What the headers of pictures say that are looked at one after the other: that of the largest. One that is no picture needs
    /// no room, and its analysis says what it is.</summary>
    public long PixelsOf(params ReadOnlySpan<Upload> uploads)
    {
        long most = 0;
        foreach (Upload upload in uploads)
            try
            {
                using FaceImage image = FaceImage.FromBytes(upload.Bytes, upload.Name, Decoding);
                most = Math.Max(most, (long)image.Width * image.Height);
            }
            catch (SemblanceException)
            {
                // Nothing is decoded then.
            }
        return most;
    }

    private static PictureItem ItemOf(Upload upload) => PictureItem.FromBytes(upload.Name, upload.Bytes);
}
