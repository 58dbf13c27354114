using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Semblance.Server.Bodies;
using Semblance.Server.Foreign;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;

namespace Semblance.Server.CompreFace;

/// <summary>A request of CompreFace's clients, and the common members of its answers.</summary>
internal sealed class CompreFaceRequest
{
    private readonly LooseQuery _query;
    private readonly HashSet<string> _plugins;

    private CompreFaceRequest(HttpContext http, ServedGallery served, RequestBody? body)
    {
        _query = new(http.Request.QueryString.Value);
        (Served, Body) = (served, body);
        _plugins = [.. (_query["face_plugins"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }

    /// <summary>The gallery of the key.</summary>
    public ServedGallery Served { get; }

    /// <summary>The body; null where none was read.</summary>
    public RequestBody? Body { get; }

    /// <summary>Features behind the plug-ins asked for; unknown ones are ignored.</summary>
    public FaceFeatures Features(Policy policy)
    {
        FaceFeatures features = FaceFeatures.None;
        foreach (string plugin in new[] { "age", "gender", "pose" })
            if (_plugins.Contains(plugin))
                features |= policy.Feature(plugin);
        return _plugins.Contains("calculator") ? features | FaceFeatures.Embedding : features;
    }

    /// <summary>Whether times and versions are answered.</summary>
    public bool Status => string.Equals(_query["status"], "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether faces are looked for; else the whole picture is one.</summary>
    public bool DetectsFaces => !string.Equals(_query["detect_faces"], "false", StringComparison.OrdinalIgnoreCase);

    /// <summary>Subjects a face.</summary>
    public int PredictionCount => Math.Clamp(Whole("prediction_count", 1), 1, 100);

    /// <summary>A value of the query; null for none.</summary>
    public string? this[string name] => _query[name];

    /// <summary>Reads a request with a body.</summary>
    public static async Task<CompreFaceRequest> ReadAsync(HttpContext http, ServiceParts parts)
    {
        parts.Work.Queue.RequirePlace();
        return new(http, parts.Galleries.Of(http), await parts.Bodies.ReadAsync(http).ConfigureAwait(false));
    }

    /// <summary>Takes a request without a body.</summary>
    public static CompreFaceRequest WithoutBody(HttpContext http, ServiceParts parts) => new(http, parts.Galleries.Of(http), null);

    /// <summary>A whole number of the query.</summary>
    public int Whole(string name, int otherwise) =>
        _query[name] is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= 0 ? number
        : throw CompreFaceException.Validation($"{name} must be a whole number of 0 or more");

    /// <summary>A picture of the body.</summary>
    public Upload Picture(string name) =>
        Body is { } body && (body.Has(name) || body.Raw is not null) ? body.Picture(name) : throw CompreFaceException.MissingPart(name);

    /// <summary>Finds faces: those that are sure enough, largest first, as many as asked for.</summary>
    public async Task<ImageAnalysis> FindAsync(HttpContext http, ServiceParts parts, Upload upload, FaceFeatures features)
    {
        ImageAnalysis analysis = await new ForeignFaces(parts)
            .AnalyzeAsync(Served, upload, features, DetectsFaces ? WithoutFace.Refuse : WithoutFace.TakeWholePicture, http.RequestAborted)
            .ConfigureAwait(false);
        double least = 0;
        if (
            _query["det_prob_threshold"] is { Length: > 0 } text
            && !(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out least) && least is >= 0 and <= 1)
        )
            throw CompreFaceException.Validation("det_prob_threshold must be a number from 0 to 1");
        int limit = Whole("limit", 0);
        IEnumerable<AnalyzedFace> faces = analysis
            .Faces!.Where(face => !DetectsFaces || face.Score >= least)
            .OrderByDescending(face => face.Box.Area);
        AnalyzedFace[] kept = limit > 0 ? [.. faces.Take(limit)] : [.. faces];
        return kept.Length > 0 ? analysis with { Faces = kept } : throw new NoFaceException(upload.Name);
    }

    /// <summary>A face with the members that were asked for: whole pixels and years, since its clients read integers.</summary>
    public JsonObject Face(AnalyzedFace face, StageTimings? timings)
    {
        JsonObject result = new() { ["box"] = Box(face) };
        if (face.Age?.Value is { } age)
            result["age"] = new JsonObject
            {
                ["probability"] = age.Interval80.Count == 2 ? 0.8 : 1,
                ["low"] = (int)Math.Floor(age.Interval80.Count == 2 ? age.Interval80[0] : age.Years),
                ["high"] = (int)Math.Ceiling(age.Interval80.Count == 2 ? age.Interval80[1] : age.Years),
            };
        if (face.Gender?.Value is { } gender)
            result["gender"] = new JsonObject { ["probability"] = Math.Round(gender.Probability, 5), ["value"] = gender.Label };
        if (face.Pose?.Value is { } pose)
            result["pose"] = new JsonObject
            {
                ["pitch"] = Math.Round(pose.Pitch, 3),
                ["roll"] = Math.Round(pose.Roll, 3),
                ["yaw"] = Math.Round(pose.Yaw, 3),
            };
        if (_plugins.Contains("landmarks") && face.Landmarks != default)
            result["landmarks"] = new JsonArray([.. face.Landmarks.ToArray().Select(Point)]);
        if (_plugins.Contains("calculator") && face.Embedding is { } embedding)
        {
            JsonArray vector = [];
            foreach (float component in embedding.Vector.Span)
                vector.Add(component);
            result["embedding"] = vector;
        }
        if (Status && timings is not null)
            result["execution_time"] = new JsonObject
            {
                ["detector"] = Math.Round(timings.Detect, 1),
                ["calculator"] = timings.Embed is { } embed ? Math.Round(embed, 1) : null,
            };
        return result;
    }

    /// <summary>Adds what ran, where that was asked for.</summary>
    public JsonObject WithVersions(JsonObject answer)
    {
        if (Status)
            answer["plugins_versions"] = new JsonObject
            {
                ["detector"] = Served.Analyzer.Detector.Id,
                ["calculator"] = Served.Analyzer.Embedder.Id,
            };
        return answer;
    }

    private static JsonObject Box(AnalyzedFace face) =>
        new()
        {
            ["probability"] = Math.Round(face.Score, 5),
            ["x_max"] = (int)MathF.Round(face.Box.Right),
            ["y_max"] = (int)MathF.Round(face.Box.Bottom),
            ["x_min"] = (int)MathF.Round(face.Box.X),
            ["y_min"] = (int)MathF.Round(face.Box.Y),
        };

    private static JsonNode Point(Vector2 point) => new JsonArray((int)MathF.Round(point.X), (int)MathF.Round(point.Y));
}
