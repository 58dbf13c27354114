using System.Diagnostics;
using Semblance.Annotation;
using Semblance.Files;
using Semblance.Imaging;
using Semblance.Runtime;
using SkiaSharp;

namespace Semblance.Evaluation.Speed;

/// <summary>
/// Compares the whole line with the bare network runs inside it: every tensor given to the runtime is recorded and repeated. Both are timed
/// in turn, so that a busy machine slows both.
/// </summary>
/// <param name="build">Makes the line, which tells what it is given of every network run (<see cref="ExecutionOptions.Tap"/>).</param>
/// <param name="options">Repetitions, threads.</param>
public sealed class PipelineBenchmark(Func<Action<NetworkRun>, FaceAnalyzer> build, PipelineBenchmarkOptions options)
{
    private const int LongSide = 640;
    private const int MaxFaces = 4;
    private const long Large = 11_500_000;
    private const int LargeWidth = 4032;

    /// <summary>Times photographs; those without a face, or with more than four, are left out.</summary>
    /// <param name="files">The photographs.</param>
    /// <param name="cancellationToken">Stops between photographs.</param>
    /// <exception cref="EvaluationException">None of them shows one to four faces.</exception>
    /// <exception cref="SemblanceException">One cannot be read.</exception>
    public PipelineReport Run(IReadOnlyList<string> files, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        options.Validate();
        List<RecordedRun> recorded = [];
        bool recording = false;
        using FaceAnalyzer analyzer = build(run =>
        {
            if (!recording)
                return;
            lock (recorded)
                recorded.Add(RecordedRun.Of(run));
        });
        using BareRuntime bare = new(new ExecutionOptions { Threads = options.Threads });
        List<double> whole = [],
            replayed = [];
        long[] allocated = new long[2];
        int faces = 0,
            photographs = 0;
        double load = 0;
        foreach (string file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using SKBitmap bitmap = Scaled(file, LongSide);
            using FaceImage image = FaceImage.FromBitmap(bitmap, file);
            recorded.Clear();
            recording = true;
            int found = analyzer.Analyze(image, FaceFeatures.Embedding, cancellationToken).Faces!.Count;
            recording = false;
            if (found is 0 or > MaxFaces)
                continue;
            RecordedRun[] runs = [.. recorded];
            load += bare.Load(runs);
            bare.Replay(runs);
            (faces, photographs) = (faces + found, photographs + 1);
            List<double> pipelineTimes = [],
                bareTimes = [];
            for (int i = 0; i < options.Repetitions; i++)
            {
                long before = GC.GetTotalAllocatedBytes(precise: true);
                pipelineTimes.Add(Time(() => analyzer.Analyze(image, FaceFeatures.Embedding, cancellationToken)));
                allocated[2 * i / options.Repetitions] += GC.GetTotalAllocatedBytes(precise: true) - before;
                bareTimes.Add(Time(() => bare.Replay(runs)));
            }
            whole.Add(Median(pipelineTimes));
            replayed.Add(Median(bareTimes));
        }
        if (photographs == 0)
            throw new EvaluationException("none of the pictures shows one to four faces");
        return new(
            new(whole.Average()),
            new(replayed.Average()),
            whole.Sum() / replayed.Sum(),
            photographs,
            faces,
            options.Threads,
            analyzer.Detector.Id,
            [.. allocated.Select(bytes => bytes / (photographs * Math.Max(1, options.Repetitions / 2)))],
            TwelveMegapixels(analyzer, files, cancellationToken),
            new(load)
        );
    }

    private LargePhotograph TwelveMegapixels(FaceAnalyzer analyzer, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        string? large = files.FirstOrDefault(file =>
        {
            using FaceImage image = FaceImage.FromFile(file, options.Decoding);
            return (long)image.Width * image.Height >= Large && Path.GetExtension(file).ToLowerInvariant() is ".jpg" or ".jpeg";
        });
        byte[] bytes = large is not null ? RegularFile.ReadAllBytes(large, options.Decoding.ByteLimit) : Enlarged(files[0]);
        List<double> times = [];
        ImageAnalysis last = null!;
        for (int i = 0; i < Math.Max(3, options.Repetitions / 4); i++)
        {
            times.Add(
                Time(() =>
                {
                    using FaceImage image = FaceImage.FromBytes(bytes, large ?? files[0]);
                    last = analyzer.Analyze(image, FaceFeatures.Embedding, cancellationToken);
                })
            );
        }
        return new(Median(times), last.Timings!.Decode, last.Timings.Detect, last.Width!.Value, last.Height!.Value, large is null);
    }

    private static byte[] Enlarged(string file)
    {
        using SKBitmap bitmap = Scaled(file, LargeWidth);
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }

    private static SKBitmap Scaled(string file, int longSide)
    {
        using FaceImage image = FaceImage.FromFile(file);
        using SKImage upright = FaceAnnotator.Draw(image, []);
        double scale = (double)longSide / Math.Max(image.Width, image.Height);
        SKBitmap scaled = new(
            new SKImageInfo(
                (int)Math.Round(image.Width * scale),
                (int)Math.Round(image.Height * scale),
                SKColorType.Rgba8888,
                SKAlphaType.Opaque
            )
        );
        using SKCanvas canvas = new(scaled);
        canvas.DrawImage(
            upright,
            SKRect.Create(0, 0, scaled.Width, scaled.Height),
            new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)
        );
        canvas.Flush();
        return scaled;
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
