using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Semblance.Attributes;
using Semblance.Matching;
using Semblance.Server.Api;
using Semblance.Server.Bodies;
using Semblance.Server.Failures;
using Semblance.Server.Foreign;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;

namespace Semblance.Server.DeepFace;

/// <summary>DeepFace's routes about pictures: represent, verify, analyze.</summary>
internal static class DeepFaceRoutes
{
    private static readonly string[] DefaultActions = ["age", "gender", "emotion", "race"];

    public static void Map(IEndpointRouteBuilder routes, ServiceParts parts)
    {
        string prefix = parts.Options.DeepFacePrefix.TrimEnd('/');
        void Post(string path, KeyRoles roles, Func<HttpContext, ServiceParts, Task> handler) =>
            routes
                .MapMethods(prefix + path, ["POST"], (HttpContext http) => handler(http, parts))
                .WithMetadata(new RequiredRoles(roles), DeepFaceErrors.Instance)
                .ExcludeFromDescription();
        Post("/represent", KeyRoles.Analyse, RepresentAsync);
        Post("/verify", KeyRoles.Analyse, VerifyAsync);
        Post("/analyze", KeyRoles.Analyse, AnalyzeAsync);
        Post("/register", KeyRoles.Enrol, DeepFacePeople.RegisterAsync);
        Post("/search", KeyRoles.Identify, DeepFacePeople.SearchAsync);
        Post("/build/index", KeyRoles.Enrol, DeepFacePeople.BuildIndexAsync);
    }

    /// <summary>Reads what a client says.</summary>
    public static async Task<(DeepFaceRequest Request, ServedGallery Served)> ReadAsync(HttpContext http, ServiceParts parts)
    {
        parts.Work.Queue.RequirePlace();
        ServedGallery served = parts.Galleries.Of(http);
        return (new(await parts.Bodies.ReadAsync(http).ConfigureAwait(false), served.Analyzer), served);
    }

    /// <summary>Finds and describes the faces of a picture.</summary>
    public static Task<ImageAnalysis> FacesAsync(
        HttpContext http,
        ServiceParts parts,
        ServedGallery served,
        DeepFaceRequest request,
        Upload upload,
        FaceFeatures features
    ) =>
        new ForeignFaces(parts).AnalyzeAsync(
            served,
            upload,
            features,
            request.EnforcesDetection ? WithoutFace.Refuse : WithoutFace.TakeWholePicture,
            http.RequestAborted
        );

    private static async Task RepresentAsync(HttpContext http, ServiceParts parts)
    {
        (DeepFaceRequest request, ServedGallery served) = await ReadAsync(http, parts).ConfigureAwait(false);
        ImageAnalysis analysis = await FacesAsync(http, parts, served, request, request.Picture("img"), FaceFeatures.Embedding)
            .ConfigureAwait(false);
        IEnumerable<AnalyzedFace> faces = analysis.Faces!;
        if (request.Whole("max_faces") is { } most)
            faces = faces.OrderByDescending(face => face.Box.Area).Take(most);
        JsonArray results = [];
        foreach (AnalyzedFace face in faces)
            results.Add(
                new JsonObject
                {
                    ["embedding"] = Vector(face.Embedding!.Vector),
                    ["facial_area"] = FacialArea.Of(face),
                    ["face_confidence"] = Math.Round(face.Score, 4),
                }
            );
        await ServiceJson
            .WriteAsync(
                http,
                new JsonObject
                {
                    ["results"] = results,
                    ["embedder"] = served.Analyzer.Embedder.Id,
                    ["detector"] = served.Analyzer.Detector.Id,
                }
            )
            .ConfigureAwait(false);
    }

    private static JsonArray Vector(ReadOnlyMemory<float> vector)
    {
        JsonArray array = [];
        foreach (float component in vector.Span)
            array.Add(component);
        return array;
    }

    private static async Task VerifyAsync(HttpContext http, ServiceParts parts)
    {
        long start = Stopwatch.GetTimestamp();
        (DeepFaceRequest request, ServedGallery served) = await ReadAsync(http, parts).ConfigureAwait(false);
        Upload a = request.Picture("img1"),
            b = request.Picture("img2");
        IReadOnlyList<AnalyzedFace> facesA =
                (await FacesAsync(http, parts, served, request, a, FaceFeatures.Embedding).ConfigureAwait(false)).Faces!,
            facesB = (await FacesAsync(http, parts, served, request, b, FaceFeatures.Embedding).ConfigureAwait(false)).Faces!;
        // Several faces: the closest pair; each comparison has its share of the rate.
        MatchOptions options = new ForeignFaces(parts).Shared(served.Analyzer, facesA.Count * facesB.Count);
        (AnalyzedFace faceA, AnalyzedFace faceB, MatchDecision decision) = (
            from x in facesA
            from y in facesB
            select (x, y, served.Analyzer.Matcher.Compare(x.Embedding!, y.Embedding!, options))
        ).MaxBy(pair => (pair.Item3.Decision != Decision.CannotTell, pair.Item3.Score));
        bool cannotTell = decision.Decision == Decision.CannotTell;
        JsonObject answer = new()
        {
            ["verified"] = decision.Match,
            ["distance"] = Math.Round(request.Distance(decision.Score), 6),
            ["threshold"] = cannotTell ? DeepFaceRequest.NoDistance : Math.Round(request.Distance(decision.Threshold), 6),
            ["confidence"] = Math.Round(100 * ForeignFaces.ProbabilityOf(decision), 2),
            ["model"] = request.Model,
            ["detector_backend"] = request.Detector,
            ["similarity_metric"] = request.Metric,
            ["facial_areas"] = new JsonObject { ["img1"] = FacialArea.Of(faceA), ["img2"] = FacialArea.Of(faceB) },
            ["time"] = Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 2),
            ["embedder"] = served.Analyzer.Embedder.Id,
            ["detector"] = served.Analyzer.Detector.Id,
        };
        if (cannotTell)
            answer["cannot_tell"] = ServiceJson.Node(DecisionReasons.Of(decision, served.Analyzer.Matcher, faceA, faceB));
        await ServiceJson.WriteAsync(http, answer).ConfigureAwait(false);
    }

    private static async Task AnalyzeAsync(HttpContext http, ServiceParts parts)
    {
        (DeepFaceRequest request, ServedGallery served) = await ReadAsync(http, parts).ConfigureAwait(false);
        IReadOnlyList<string> actions = request.Words("actions") is { Count: > 0 } asked ? asked : DefaultActions;
        foreach (string action in actions.Where(action => !DefaultActions.Contains(action)))
            throw RequestException.BadRequest($"the action '{action}' is not known; known are {string.Join(", ", DefaultActions)}");
        List<string> warnings = [];
        if (actions.Contains("race"))
        {
            const string Reason = "race is not computed by this service";
            if (actions.Count == 1)
                throw RequestException.BadRequest(Reason);
            warnings.Add(Reason);
        }
        FaceFeatures features = actions
            .Where(action => action != "race")
            .Aggregate(FaceFeatures.None, (all, action) => all | parts.Policy.Feature(action));
        ImageAnalysis analysis = await FacesAsync(http, parts, served, request, request.Picture("img"), features).ConfigureAwait(false);
        JsonArray results = [];
        foreach (AnalyzedFace face in analysis.Faces!)
            results.Add(Described(face, warnings));
        JsonObject answer = new() { ["results"] = results };
        if (warnings.Count > 0)
            answer["warnings"] = ServiceJson.Node(warnings.Distinct());
        await ServiceJson.WriteAsync(http, answer).ConfigureAwait(false);
    }

    private static JsonObject Described(AnalyzedFace face, List<string> warnings)
    {
        JsonObject result = new() { ["region"] = FacialArea.Of(face), ["face_confidence"] = Math.Round(face.Score, 4) };
        if (Known(face.Age, "age", warnings) is { } age)
            result["age"] = (int)Math.Round(age.Years);
        if (Known(face.Gender, "gender", warnings) is { } gender)
        {
            double woman = 100 * (gender.Label == "female" ? gender.Probability : 1 - gender.Probability);
            result["gender"] = new JsonObject { ["Woman"] = Math.Round(woman, 4), ["Man"] = Math.Round(100 - woman, 4) };
            result["dominant_gender"] = gender.Label == "female" ? "Woman" : "Man";
        }
        if (Known(face.Emotion, "emotion", warnings) is { } emotion)
        {
            JsonObject shares = [];
            foreach (string name in new[] { "angry", "disgust", "fear", "happy", "sad", "surprise", "neutral" })
                shares[name] = Math.Round(100 * emotion.Probabilities.GetValueOrDefault(name), 4);
            result["emotion"] = shares;
            result["dominant_emotion"] = emotion.Label;
        }
        return result;
    }

    private static T? Known<T>(AttributeEstimate<T>? estimate, string name, List<string> warnings)
        where T : class
    {
        if (estimate?.Unknown is { } reason)
            warnings.Add($"{name}: {reason}");
        return estimate?.Value;
    }
}
