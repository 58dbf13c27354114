using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Semblance.Embedding;
using Semblance.Gallery;
using Semblance.Gallery.Identifying;
using Semblance.Matching;
using Semblance.Server.Api;
using Semblance.Server.Foreign;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;

namespace Semblance.Server.CompreFace;

/// <summary>CompreFace's routes about vectors that a client has from an earlier answer. A unit vector carries no quality: it is taken for
/// that of a good picture. Its baseline is measured from the vector itself.</summary>
internal static class EmbeddingRoutes
{
    private const int MostVectors = 1000;

    /// <summary>Larger than any norm that a calibration tells qualities apart by.</summary>
    private const float GoodNorm = float.MaxValue;

    public static async Task RecognizeAsync(HttpContext http, ServiceParts parts)
    {
        parts.Policy.RequireIdentification();
        (CompreFaceRequest request, JsonElement body) = await ReadAsync(http, parts).ConfigureAwait(false);
        FaceEmbedding[] probes = Vectors(request.Served, body, "embeddings");
        IdentifyOptions options = new()
        {
            FalsePositiveIdentificationRate = parts.Settings.Current.FalsePositiveIdentificationRate,
            Candidates = request.PredictionCount,
        };
        // A thousand searches are work as a picture is.
        IReadOnlyList<Identification> answers = await parts
            .Work.Queue.RunAsync(0, stop => request.Served.Gallery.IdentifyAsync(probes, options, stop), http.RequestAborted)
            .ConfigureAwait(false);
        Guid[] named = [.. answers.Where(answer => answer.Match is not null).Select(answer => answer.Match!.Person.Id).Distinct()];
        await parts
            .AccessLog.AddAsync(Accesses.Of(http, request.Served, "identify", named, answers.Count), http.RequestAborted)
            .ConfigureAwait(false);
        JsonArray result =
        [
            .. answers.Select(
                (answer, i) =>
                    new JsonObject
                    {
                        ["embedding"] = Components(probes[i]),
                        ["similarities"] = new JsonArray([
                            .. ForeignFaces
                                .KnownOf(answer)
                                .Select(candidate => new JsonObject
                                {
                                    ["subject"] = candidate.Person.Name,
                                    ["similarity"] = ForeignFaces.ProbabilityOf(answer, candidate),
                                }),
                        ]),
                    }
            ),
        ];
        await http.Answer(new JsonObject { ["result"] = result }).ConfigureAwait(false);
    }

    public static async Task VerifyReferenceAsync(HttpContext http, ServiceParts parts)
    {
        (CompreFaceRequest request, JsonElement body) = await ReadAsync(http, parts).ConfigureAwait(false);
        string id = (string)http.Request.RouteValues["id"]!;
        (Person person, FaceReference reference) = await ReferenceRoutes.FindAsync(http, request.Served, id).ConfigureAwait(false)
            ?? throw CompreFaceException.NoEmbedding(id);
        await parts.AccessLog.AddAsync(Accesses.Of(http, request.Served, "verify", [person.Id]), http.RequestAborted).ConfigureAwait(false);
        await AnswerAsync(http, request, ForeignFaces.EmbeddingOf(request.Served, reference), Vectors(request.Served, body, "embeddings"))
            .ConfigureAwait(false);
    }

    public static async Task VerifyAsync(HttpContext http, ServiceParts parts)
    {
        (CompreFaceRequest request, JsonElement body) = await ReadAsync(http, parts).ConfigureAwait(false);
        if (!body.TryGetProperty("source", out JsonElement source))
            throw CompreFaceException.Validation("source is missing");
        await AnswerAsync(http, request, Vector(request.Served, source), Vectors(request.Served, body, "targets")).ConfigureAwait(false);
    }

    private static async Task<(CompreFaceRequest, JsonElement)> ReadAsync(HttpContext http, ServiceParts parts)
    {
        parts.Work.Queue.RequirePlace();
        CompreFaceRequest request = CompreFaceRequest.WithoutBody(http, parts);
        return await parts.Bodies.ReadJsonAsync(http).ConfigureAwait(false) is { ValueKind: JsonValueKind.Object } body
            ? (request, body)
            : throw CompreFaceException.Validation("a JSON object is expected");
    }

    private static Task AnswerAsync(HttpContext http, CompreFaceRequest request, FaceEmbedding source, FaceEmbedding[] targets)
    {
        FaceMatcher matcher = request.Served.Analyzer.Matcher;
        JsonArray result =
        [
            .. targets
                .Select(target => (Target: target, Decision: matcher.Compare(source, target)))
                .OrderByDescending(pair => (pair.Decision.Decision != Decision.CannotTell, pair.Decision.Score))
                .Select(pair => new JsonObject
                {
                    ["embedding"] = Components(pair.Target),
                    ["similarity"] = ForeignFaces.ProbabilityOf(pair.Decision),
                }),
        ];
        return http.Answer(new JsonObject { ["result"] = result });
    }

    private static FaceEmbedding[] Vectors(ServedGallery served, JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
            throw CompreFaceException.Validation($"{name} must be an array of embeddings");
        int count = list.GetArrayLength();
        return count is > 0 and <= MostVectors
            ? [.. list.EnumerateArray().Select(vector => Vector(served, vector))]
            : throw new CompreFaceException(400, 37, $"{name} has {count} embeddings; 1 to {MostVectors} are possible");
    }

    private static FaceEmbedding Vector(ServedGallery served, JsonElement value)
    {
        GalleryContract contract = served.Gallery.Settings.Contract;
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != contract.Dimension)
            throw CompreFaceException.Argument($"an embedding has {contract.Dimension} numbers");
        float[] vector = new float[contract.Dimension];
        int i = 0;
        double squares = 0;
        foreach (JsonElement number in value.EnumerateArray())
        {
            if (number.ValueKind != JsonValueKind.Number || !number.TryGetSingle(out float component) || !float.IsFinite(component))
                throw CompreFaceException.Argument("an embedding is an array of numbers");
            vector[i++] = component;
            squares += (double)component * component;
        }
        double norm = Math.Sqrt(squares);
        if (!(norm > 1e-6))
            throw CompreFaceException.Argument("an embedding is not all zeros");
        for (int k = 0; k < vector.Length; k++)
            vector[k] = (float)(vector[k] / norm);
        return new(vector, GoodNorm, contract.Embedder, contract.Contract);
    }

    private static JsonArray Components(FaceEmbedding embedding)
    {
        JsonArray array = [];
        foreach (float component in embedding.Vector.Span)
            array.Add(component);
        return array;
    }
}
