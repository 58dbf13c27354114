using System.Diagnostics;
using Semblance.Files;
using Semblance.Imaging;
using Semblance.Runtime;
using SkiaSharp;

namespace Semblance.Cli.Bench;

/// <summary>
/// Compares the whole line with the bare network runs inside it: every tensor given to the runtime is recorded and repeated. Both are timed
/// in turn, so that a busy machine slows both.
/// </summary>
internal sealed class PipelineBenchmark(Settings settings, int repetitions)
{
    private const int LongSide = 640;
    private const int MaxFaces = 4;
    private const long Large = 11_500_000;
    private const int LargeWidth = 4032;

    public BenchReport Run(IReadOnlyList<string> files, CancellationToken stop)
    {
        List<RecordedRun> recorded = [];
        bool recording = false;
        using FaceAnalyzer analyzer = AnalyzerOptions.Build(settings, run =>
        {
            if (!recording)
                return;
            lock (recorded)
                recorded.Add(RecordedRun.Of(run));
        });
        using BareRuntime bare = new(new ExecutionOptions { Threads = settings.Threads });
        List<double> whole = [],
            replayed = [];
        long[] allocated = new long[2];
        int faces = 0,
            photographs = 0;
        double load = 0;
        foreach (string file in files)
        {
            stop.ThrowIfCancellationRequested();
            using SKBitmap bitmap = Scaled(file, LongSide);
            using FaceImage image = FaceImage.FromBitmap(bitmap, file);
            recorded.Clear();
            recording = true;
            int found = analyzer.Analyze(image, FaceFeatures.Embedding, stop).Faces!.Count;
            recording = false;
            if (found is 0 or > MaxFaces)
                continue;
            RecordedRun[] runs = [.. recorded];
            load += bare.Load(runs);
            bare.Replay(runs);
            (faces, photographs) = (faces + found, photographs + 1);
            List<double> pipelineTimes = [],
                bareTimes = [];
            for (int i = 0; i < repetitions; i++)
            {
                long before = GC.GetTotalAllocatedBytes(precise: true);
                pipelineTimes.Add(Time(() => analyzer.Analyze(image, FaceFeatures.Embedding, stop)));
                allocated[2 * i / repetitions] += GC.GetTotalAllocatedBytes(precise: true) - before;
                bareTimes.Add(Time(() => bare.Replay(runs)));
            }
            whole.Add(Median(pipelineTimes));
            replayed.Add(Median(bareTimes));
        }
        if (photographs == 0)
            throw new UsageException($"none of the pictures shows one to {MaxFaces} faces");
        return new(
            new(whole.Average()),
            new(replayed.Average()),
            whole.Sum() / replayed.Sum(),
            photographs,
            faces,
            settings.Threads,
            analyzer.Detector.Id,
            [.. allocated.Select(bytes => bytes / (photographs * Math.Max(1, repetitions / 2)))],
            TwelveMegapixels(analyzer, files, stop),
            new(load)
        );
    }

    private LargePhotograph TwelveMegapixels(FaceAnalyzer analyzer, IReadOnlyList<string> files, CancellationToken stop)
    {
        string? large = files.FirstOrDefault(file =>
        {
            using FaceImage image = FaceImage.FromFile(file, AnalyzerOptions.Decoding(settings));
            return (long)image.Width * image.Height >= Large && Path.GetExtension(file).ToLowerInvariant() is ".jpg" or ".jpeg";
        });
        byte[] bytes = large is not null
            ? RegularFile.ReadAllBytes(large, AnalyzerOptions.Decoding(settings).ByteLimit)
            : Enlarged(files[0]);
        List<double> times = [];
        ImageAnalysis last = null!;
        for (int i = 0; i < Math.Max(3, repetitions / 4); i++)
        {
            times.Add(
                Time(() =>
                {
                    using FaceImage image = FaceImage.FromBytes(bytes, large ?? files[0]);
                    last = analyzer.Analyze(image, FaceFeatures.Embedding, stop);
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
        using SKImage upright = Annotation.FaceAnnotator.Draw(image, []);
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
