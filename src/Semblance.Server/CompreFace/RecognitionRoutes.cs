using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Semblance.Embedding;
using Semblance.Gallery;
using Semblance.Gallery.Identifying;
using Semblance.Matching;
using Semblance.Server.Api;
using Semblance.Server.Foreign;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;

namespace Semblance.Server.CompreFace;

/// <summary>CompreFace's routes about pictures: recognize, detect, verify.</summary>
internal static class RecognitionRoutes
{
    public static async Task RecognizeAsync(HttpContext http, ServiceParts parts)
    {
        CompreFaceRequest request = await CompreFaceRequest.ReadAsync(http, parts).ConfigureAwait(false);
        ImageAnalysis analysis = await request
            .FindAsync(http, parts, request.Picture("file"), request.Features(parts.Policy) | FaceFeatures.Embedding)
            .ConfigureAwait(false);
        (_, IReadOnlyList<Identification> answers) = await new ForeignFaces(parts)
            .IdentifyAsync(http, request.Served, analysis, request.PredictionCount, http.RequestAborted)
            .ConfigureAwait(false);
        bool nearest = NamesNearest(http, parts, request);
        JsonArray result = [];
        for (int i = 0; i < answers.Count; i++)
        {
            JsonObject face = request.Face(analysis.Faces![i], analysis.Timings);
            face["subjects"] = Subjects(answers[i], nearest);
            result.Add(face);
        }
        await http.Answer(request.WithVersions(new() { ["result"] = result })).ConfigureAwait(false);
    }

    public static async Task DetectAsync(HttpContext http, ServiceParts parts)
    {
        CompreFaceRequest request = await CompreFaceRequest.ReadAsync(http, parts).ConfigureAwait(false);
        ImageAnalysis analysis = await request
            .FindAsync(http, parts, request.Picture("file"), request.Features(parts.Policy))
            .ConfigureAwait(false);
        JsonArray result = [.. analysis.Faces!.Select(face => request.Face(face, analysis.Timings))];
        await http.Answer(request.WithVersions(new() { ["result"] = result })).ConfigureAwait(false);
    }

    /// <summary>Compares the first face of one picture with every face of the other; there the versions stand inside the result.</summary>
    public static async Task VerifyAsync(HttpContext http, ServiceParts parts)
    {
        CompreFaceRequest request = await CompreFaceRequest.ReadAsync(http, parts).ConfigureAwait(false);
        FaceFeatures features = request.Features(parts.Policy) | FaceFeatures.Embedding;
        ImageAnalysis source = await request.FindAsync(http, parts, request.Picture("source_image"), features).ConfigureAwait(false),
            target = await request.FindAsync(http, parts, request.Picture("target_image"), features).ConfigureAwait(false);
        if (source.Faces!.Count > 1 && request.Whole("limit", 0) == 0)
            source = source with { Faces = [source.Faces[0]] };
        JsonArray matches = Matches(parts, request, target, source.Faces[0].Embedding!);
        JsonObject one = request.WithVersions(
            new() { ["source_image_face"] = request.Face(source.Faces[0], source.Timings), ["face_matches"] = matches }
        );
        await http.Answer(new JsonObject { ["result"] = new JsonArray(one) }).ConfigureAwait(false);
    }

    public static async Task VerifyReferenceAsync(HttpContext http, ServiceParts parts)
    {
        CompreFaceRequest request = await CompreFaceRequest.ReadAsync(http, parts).ConfigureAwait(false);
        string id = (string)http.Request.RouteValues["id"]!;
        (Person person, FaceReference reference) = await ReferenceRoutes.FindAsync(http, request.Served, id).ConfigureAwait(false)
            ?? throw CompreFaceException.NoImage(id);
        ImageAnalysis analysis = await request
            .FindAsync(http, parts, request.Picture("file"), request.Features(parts.Policy) | FaceFeatures.Embedding)
            .ConfigureAwait(false);
        await parts
            .AccessLog.AddAsync(Accesses.Of(http, request.Served, "verify", [person.Id], analysis.Faces!.Count), http.RequestAborted)
            .ConfigureAwait(false);
        JsonArray result = Matches(parts, request, analysis, ForeignFaces.EmbeddingOf(request.Served, reference));
        foreach (JsonNode? face in result)
            face!["subject"] = person.Name;
        await http.Answer(request.WithVersions(new() { ["result"] = result })).ConfigureAwait(false);
    }

    private static JsonArray Matches(ServiceParts parts, CompreFaceRequest request, ImageAnalysis analysis, FaceEmbedding with)
    {
        FaceMatcher matcher = request.Served.Analyzer.Matcher;
        MatchOptions options = new ForeignFaces(parts).Shared(request.Served.Analyzer, analysis.Faces!.Count);
        return
        [
            .. analysis
                .Faces.Select(face => (Face: face, Decision: matcher.Compare(with, face.Embedding!, options)))
                .OrderByDescending(match => (match.Decision.Decision != Decision.CannotTell, match.Decision.Score))
                .Select(match =>
                {
                    JsonObject document = request.Face(match.Face, analysis.Timings);
                    document["similarity"] = ForeignFaces.ProbabilityOf(match.Decision);
                    return document;
                }),
        ];
    }

    /// <summary>Some clients take the first subject unguarded: for them the nearest come back, as the original does it.</summary>
    private static bool NamesNearest(HttpContext http, ServiceParts parts, CompreFaceRequest request) =>
        request["unknown"] is { Length: > 0 } word
            ? word.Equals("false", StringComparison.OrdinalIgnoreCase)
            : KeyCheck.CallerOf(http).NamesNearest ?? parts.Settings.Current.CompreFaceNamesNearest;

    private static JsonArray Subjects(Identification answer, bool nearest) =>
        [
            .. (nearest ? answer.Candidates : ForeignFaces.KnownOf(answer)).Select(candidate => new JsonObject
            {
                ["subject"] = candidate.Person.Name,
                ["similarity"] = ForeignFaces.ProbabilityOf(answer, candidate),
            }),
        ];
}
