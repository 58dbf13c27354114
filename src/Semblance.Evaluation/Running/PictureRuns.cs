using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Semblance.Alignment;
using Semblance.Attributes;
using Semblance.Caching;
using Semblance.Detection;
using Semblance.Geometry;
using Semblance.Imaging;
using Semblance.Models;

namespace Semblance.Evaluation.Running;

/// <summary>
/// Works through the pictures of a set, each once, with progress and with what earlier runs know. A picture that cannot be read is an
/// outcome of its own in every evaluation: it is counted and named, its pairs are no matches, its faces are not found, its attributes are
/// unknown; the others go on.
/// </summary>
public sealed class PictureRuns(FaceAnalyzer analyzer, RunOptions options)
{
    private const string NoFaceFound = "no face found";

    private static readonly string Code = "code " + ResultMaker.CodeOf(typeof(PictureRuns));

    private readonly ConcurrentDictionary<string, string> _unreadable = [];
    private readonly ContentCache? _cache = options.CacheFolder is { Length: > 0 } folder ? new(folder, options.Warn) : null;

    /// <summary>The analyzer that is evaluated.</summary>
    public FaceAnalyzer Analyzer => analyzer;

    /// <summary>Pictures that could not be read so far, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Unreadable => _unreadable;

    /// <summary>Embeds the chosen face of every picture.</summary>
    /// <param name="pictures">The pictures; a name that comes twice is worked on once.</param>
    /// <param name="cancellationToken">Stops between pictures; what is done is kept.</param>
    public async Task<IReadOnlyDictionary<string, FaceRecord>> EmbedAsync(
        IReadOnlyCollection<EvaluationPicture> pictures,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(pictures);
        options.Validate();
        AnalysisOptions analysis = new() { Features = FaceFeatures.Embedding | FaceFeatures.Quality, FaceChoice = options.FaceChoice };
        ResultMaker maker = ResultMaker.OfPictures(analyzer, analysis, Code, "faces");
        Dictionary<string, FaceRecord> results = [];
        List<(EvaluationPicture Picture, string Hash)> todo = [];
        foreach (EvaluationPicture picture in pictures.DistinctBy(picture => picture.Name))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!TryRead(picture, out ReadOnlyMemory<byte> bytes, out string? problem))
            {
                results[picture.Name] = new() { Unreadable = problem };
                continue;
            }
            string hash = ContentCache.HashOf(bytes.Span);
            if (Known(hash, maker, RecordJson.Default.FaceRecord) is { } known)
                results[picture.Name] = known;
            else
                todo.Add((picture, hash));
        }
        int done = results.Count,
            total = results.Count + todo.Count,
            next = 0;
        IEnumerable<PictureItem> items = todo.Select(item => PictureItem.FromBytes(item.Picture.Name, item.Picture.Read()));
        await foreach (ImageAnalysis result in analyzer.AnalyzeManyAsync(items, analysis, cancellationToken).ConfigureAwait(false))
        {
            (EvaluationPicture picture, string hash) = todo[next++];
            FaceRecord record = FaceRecord.Of(result);
            results[picture.Name] = record;
            if (record.Unreadable is { } why)
                _unreadable[picture.Name] = why;
            else
                Keep(hash, maker, record, RecordJson.Default.FaceRecord);
            options.Progress?.Report(new(++done, total, picture.Name));
        }
        return results;
    }

    /// <summary>Embeds pictures that are aligned crops already, as in InsightFace's verification sets: nothing is detected.</summary>
    /// <param name="pictures">The crops, each of the size that the embedder takes.</param>
    /// <param name="cancellationToken">Stops between pictures; what is done is kept.</param>
    public Task<IReadOnlyDictionary<string, FaceRecord>> EmbedAlignedAsync(
        IReadOnlyCollection<EvaluationPicture> pictures,
        CancellationToken cancellationToken = default
    ) =>
        EachAsync(
            pictures,
            ResultMaker.OfCrops(analyzer, FaceFeatures.Embedding, Code, "aligned faces", Decoders()),
            RecordJson.Default.FaceRecord,
            image =>
            {
                AlignedFace crop = new(
                    Packed(image),
                    new SimilarityTransform(1, 0, 0, 0),
                    new(new(0, 0, image.Width, image.Height), 1, default)
                );
                return FaceRecord.Of(analyzer.Embedder.Embed([crop], cancellationToken)[0]);
            },
            why => new FaceRecord { Unreadable = why },
            cancellationToken
        );

    /// <summary>Finds all faces of every picture, down to the detector's lowest score or the one that is asked for.</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="detection">Lowest score and smallest face.</param>
    /// <param name="cancellationToken">Stops between pictures; what is done is kept.</param>
    public Task<IReadOnlyDictionary<string, DetectionRecord>> DetectAsync(
        IReadOnlyCollection<EvaluationPicture> pictures,
        DetectionOptions detection,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(detection);
        return EachAsync(
            pictures,
            ResultMaker.OfPictures(analyzer, FaceFeatures.None, Code, "detections: " + ResultMaker.DetectionOf(detection), Decoders()),
            RecordJson.Default.DetectionRecord,
            image =>
            {
                long start = Stopwatch.GetTimestamp();
                IReadOnlyList<DetectedFace> faces = analyzer.Detector.Detect(image, detection, cancellationToken);
                return DetectionRecord.Of(faces, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            },
            why => new DetectionRecord { Unreadable = why },
            cancellationToken
        );
    }

    /// <summary>Estimates attributes of the chosen face of every picture.</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="kinds">Age, gender, emotion.</param>
    /// <param name="framing">Whether the pictures are face crops, in which nothing is detected.</param>
    /// <param name="attributes">What else answers depend on, e.g. which label set's idea of an expression counts.</param>
    /// <param name="cancellationToken">Stops between pictures; what is done is kept.</param>
    public Task<IReadOnlyDictionary<string, AttributeRecord>> EstimateAsync(
        IReadOnlyCollection<EvaluationPicture> pictures,
        IReadOnlyList<ModelKind> kinds,
        PictureFraming framing,
        string attributes = "",
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(kinds);
        FaceFeatures features = kinds.Aggregate(FaceFeatures.None, (all, kind) => all | AttributeDescriptor.For(kind).Feature);
        string[] others = [Code, $"attributes {string.Join('+', kinds)}; {attributes}; face {options.FaceChoice}", Decoders()];
        return EachAsync(
            pictures,
            framing == PictureFraming.Crops
                ? ResultMaker.OfCrops(analyzer, features, others)
                : ResultMaker.OfPictures(analyzer, features, others),
            RecordJson.Default.AttributeRecord,
            image => Estimate(image, kinds, features, framing, cancellationToken),
            why => new AttributeRecord { NoFace = why, IsUnreadable = true },
            cancellationToken
        );
    }

    /// <summary>A picture's pixels as RGB without gaps.</summary>
    private static PixelView Packed(FaceImage image)
    {
        PixelView pixels = image.FullResolution;
        (int red, int green, int blue) = pixels.Format switch
        {
            PixelFormat.Gray8 => (0, 0, 0),
            PixelFormat.Rgb24 or PixelFormat.Rgbx32 => (0, 1, 2),
            _ => (2, 1, 0),
        };
        byte[] packed = new byte[3 * pixels.Width * pixels.Height];
        int at = 0;
        for (int y = 0; y < pixels.Height; y++)
        {
            ReadOnlySpan<byte> row = pixels.Row(y);
            for (int x = 0; x < row.Length; x += pixels.BytesPerPixel)
            {
                packed[at++] = row[x + red];
                packed[at++] = row[x + green];
                packed[at++] = row[x + blue];
            }
        }
        return new(packed, pixels.Width, pixels.Height, 3 * pixels.Width, PixelFormat.Rgb24);
    }

    private AttributeRecord Estimate(
        FaceImage image,
        IReadOnlyList<ModelKind> kinds,
        FaceFeatures features,
        PictureFraming framing,
        CancellationToken cancellationToken
    )
    {
        long start = Stopwatch.GetTimestamp();
        if (framing == PictureFraming.Crops)
            return AttributeRecord.Of(WholeOf(image), OfCrop(image, kinds, cancellationToken), Elapsed());
        AnalysisOptions one = new() { Features = features, FaceChoice = options.FaceChoice };
        AnalyzedFace? chosen = analyzer
            .Analyze(image, one, cancellationToken)
            .Faces!.FirstOrDefault(face => AttributeDescriptor.Among(features).Any(attribute => attribute.TextOf(face) is not null));
        return chosen is null
            ? new() { NoFace = NoFaceFound }
            : AttributeRecord.Of(new(chosen.Box, chosen.Score, chosen.Landmarks), chosen.Attributes, Elapsed());

        double Elapsed() => Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private FaceAttributes OfCrop(FaceImage crop, IReadOnlyList<ModelKind> kinds, CancellationToken cancellationToken)
    {
        FaceAttributes face = new();
        foreach (IGrouping<IFaceAttributeModel, ModelKind> group in kinds.GroupBy(analyzer.AttributeModelFor))
        {
            FaceAttributes part = group.Key.EstimateCrops([crop], cancellationToken)[0];
            face = group.Aggregate(face, (all, kind) => AttributeDescriptor.For(kind).Copy(part, all));
        }
        return face;
    }

    private static DetectedFace WholeOf(FaceImage crop) => new(new(0, 0, crop.Width, crop.Height), 1, default);

    private async Task<IReadOnlyDictionary<string, T>> EachAsync<T>(
        IReadOnlyCollection<EvaluationPicture> pictures,
        ResultMaker maker,
        JsonTypeInfo<T> type,
        Func<FaceImage, T> work,
        Func<string, T> failed,
        CancellationToken cancellationToken
    )
        where T : class
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ConcurrentDictionary<string, T> results = [];
        EvaluationPicture[] all = [.. pictures.DistinctBy(picture => picture.Name)];
        await ForEachAsync(
                all,
                (i, bytes) =>
                {
                    string hash = ContentCache.HashOf(bytes.Span);
                    if (Known(hash, maker, type) is not { } result)
                    {
                        using FaceImage image = Open(all[i].Name, bytes);
                        result = work(image);
                        Keep(hash, maker, result, type);
                    }
                    results[all[i].Name] = result;
                },
                (i, problem) => results[all[i].Name] = failed(problem),
                cancellationToken
            )
            .ConfigureAwait(false);
        return results;
    }

    /// <summary>Opens a picture.</summary>
    internal FaceImage Open(string name, ReadOnlyMemory<byte> bytes) => FaceImage.FromBytes(bytes, name, options.Decoding);

    /// <summary>Works through pictures on all threads; the one place where a picture that cannot be read becomes an outcome.</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="work">Is given a picture's place and its bytes; may open it.</param>
    /// <param name="failed">Is given the place of one that cannot be read, and why.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    internal async Task ForEachAsync(
        IReadOnlyList<EvaluationPicture> pictures,
        Action<int, ReadOnlyMemory<byte>> work,
        Action<int, string> failed,
        CancellationToken cancellationToken
    )
    {
        options.Validate();
        int done = 0;
        await Parallel
            .ForAsync(
                0,
                pictures.Count,
                new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken },
                (i, _) =>
                {
                    EvaluationPicture picture = pictures[i];
                    if (!TryRead(picture, out ReadOnlyMemory<byte> bytes, out string? problem) || !TryWork(i, bytes, out problem))
                        failed(i, problem);
                    options.Progress?.Report(new(Interlocked.Increment(ref done), pictures.Count, picture.Name));
                    return ValueTask.CompletedTask;
                }
            )
            .ConfigureAwait(false);

        bool TryWork(int i, ReadOnlyMemory<byte> bytes, [NotNullWhen(false)] out string? problem)
        {
            try
            {
                work(i, bytes);
                problem = null;
                return true;
            }
            catch (SemblanceException e) when (e is ImageFormatException or ImageTooLargeException)
            {
                _unreadable[pictures[i].Name] = problem = e.Message;
                return false;
            }
        }
    }

    /// <summary>A file that is there and cannot be read is no reason to leave the others.</summary>
    private bool TryRead(EvaluationPicture picture, out ReadOnlyMemory<byte> bytes, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            bytes = picture.Read();
            problem = null;
            return true;
        }
        catch (EvaluationException e)
        {
            bytes = default;
            _unreadable[picture.Name] = problem = e.Message;
            return false;
        }
    }

    private T? Known<T>(string hash, ResultMaker maker, JsonTypeInfo<T> type)
        where T : class =>
        _cache?.Find(hash, maker, bytes => JsonSerializer.Deserialize(bytes.Span, type) ?? throw new JsonException("it is empty"));

    private void Keep<T>(string hash, ResultMaker maker, T result, JsonTypeInfo<T> type)
        where T : class => _cache?.Keep(hash, maker, JsonSerializer.SerializeToUtf8Bytes(result, type));

    private string Decoders() => "decoders " + ResultMaker.DecodersOf(options.Decoding);
}
