using System.Text.Json;
using Semblance.Matching;
using Semblance.Server.Bodies;
using Semblance.Server.Failures;

namespace Semblance.Server.DeepFace;

/// <summary>What DeepFace's clients say beside the pictures.</summary>
internal sealed class DeepFaceRequest
{
    private static readonly string[] Models =
    [
        "VGG-Face",
        "Facenet",
        "Facenet512",
        "OpenFace",
        "DeepFace",
        "DeepID",
        "Dlib",
        "ArcFace",
        "SFace",
        "GhostFaceNet",
        "Buffalo_L",
    ];
    private static readonly string[] Detectors =
    [
        "opencv",
        "ssd",
        "dlib",
        "mtcnn",
        "fastmtcnn",
        "retinaface",
        "mediapipe",
        "yolov8",
        "yolov8n",
        "yolov8m",
        "yolov8l",
        "yolov11n",
        "yolov11s",
        "yolov11m",
        "yolov11l",
        "yolov12n",
        "yolov12s",
        "yolov12m",
        "yolov12l",
        "yunet",
        "centerface",
        "skip",
    ];

    /// <summary>The threshold where the pictures allow no answer: no distance is within it, so that clients that compare by themselves say
    /// no too.</summary>
    public const double NoDistance = -1;

    private readonly RequestBody _body;

    public DeepFaceRequest(RequestBody body, FaceAnalyzer analyzer)
    {
        _body = body;
        Model = Name("model_name", Models, "VGG-Face", analyzer.Embedder.Id);
        Detector = Name("detector_backend", Detectors, "opencv", analyzer.Detector.Id);
        Metric = Text("distance_metric") ?? "cosine";
        if (Metric is not ("cosine" or "euclidean" or "euclidean_l2" or "angular"))
            throw RequestException.BadRequest($"distance_metric is '{Metric}'; known are cosine, euclidean, euclidean_l2, angular");
        if (Flag("anti_spoofing", false))
            throw RequestException.BadRequest("anti_spoofing is not available in this service");
    }

    /// <summary>What the client asked for, since it compares it in the answer; what really runs stands beside it.</summary>
    public string Model { get; }

    /// <inheritdoc cref="Model"/>
    public string Detector { get; }

    /// <summary>How distances are expressed.</summary>
    public string Metric { get; }

    /// <summary>Whether a picture without a face is an error.</summary>
    public bool EnforcesDetection => Flag("enforce_detection", true) && Detector != "skip";

    /// <summary>A picture: data URI, bare base64, or a file of that name.</summary>
    public Upload Picture(string name) =>
        _body.Has(name) || _body.Raw is not null
            ? _body.Picture(name)
            : throw RequestException.BadRequest($"you must pass {name}: a file, base64 or a data: URI");

    /// <summary>A text; null when it is not given.</summary>
    public string? Text(string name) => _body.Text(name) is { Length: > 0 } text ? text : null;

    /// <summary>A real boolean, also in forms: "false" is false.</summary>
    public bool Flag(string name, bool otherwise) =>
        Text(name)?.Trim('"').ToLowerInvariant() switch
        {
            null => otherwise,
            "true" or "1" or "yes" => true,
            "false" or "0" or "no" => false,
            { } text => throw RequestException.BadRequest($"{name} is '{text}'; true or false is expected"),
        };

    /// <summary>A whole number; null when it is not given.</summary>
    public int? Whole(string name) =>
        Text(name) is not { } text || text == "null" ? null
        : int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out int number) && number > 0 ? number
        : throw RequestException.BadRequest($"{name} is '{text}'; a whole number above 0 is expected");

    /// <summary>A list as JSON array, as words separated by commas, or as words in brackets without quotes; null when it is not
    /// given.</summary>
    public IReadOnlyList<string>? Words(string name)
    {
        if (_body.Json is not null && _body.Element(name) is { ValueKind: JsonValueKind.Array } array)
            return [.. array.EnumerateArray().Select(item => item.ToString())];
        return Text(name)
            ?.Trim()
            .Trim('[', ']')
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(word => word.Trim('"', '\''))
            .ToArray();
    }

    /// <summary>A score or threshold as a distance of the metric asked for.</summary>
    public double Distance(double score) =>
        Metric switch
        {
            "cosine" => 1 - score,
            "angular" => Math.Acos(Math.Clamp(score, -1, 1)) / Math.PI,
            _ => FaceSimilarity.DistanceOf(Math.Clamp(score, -1, 1)),
        };

    private string Name(string field, string[] known, string otherwise, string configured)
    {
        if (Text(field) is not { } asked)
            return otherwise;
        return known.Contains(asked, StringComparer.OrdinalIgnoreCase) || asked == configured
            ? asked
            : throw RequestException.BadRequest($"{field} is '{Short(asked)}'; known are {string.Join(", ", known)} and {configured}");
    }

    private static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;
}
