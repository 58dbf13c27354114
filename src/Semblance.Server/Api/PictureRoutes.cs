using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Semblance.Gallery.Enrolling;
using Semblance.Matching;
using Semblance.Server.Bodies;
using Semblance.Server.Failures;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;
using Semblance.Server.Work;

namespace Semblance.Server.Api;

/// <summary>Routes about pictures alone: detect, analyze, embed, verify.</summary>
internal static class PictureRoutes
{
    private const string FaceExample = """
        {"input":"party.jpg","width":1600,"height":1200,"faces":[{"box":{"x":412.3,"y":180.9,"width":98.2,"height":121.7},
        "score":0.998,"landmarks":[[441,228.1],[487.2,226.9],[465,255.2],[446.3,280.8],[484.8,279.9]]}],"timings":{"decode":4.1,
        "detect":8.3},"requestId":"0199…"}
        """;

    public static void Map(IEndpointRouteBuilder routes, ServiceParts parts)
    {
        routes.Route(
            "POST",
            "/v1/detect",
            KeyRoles.Analyse,
            "Finds faces",
            new(BodyKind.Picture, [Crops], FaceExample),
            DetectAsync,
            parts
        );
        routes.Route(
            "POST",
            "/v1/analyze",
            KeyRoles.Analyse,
            "Finds and describes faces",
            new(
                BodyKind.Picture,
                [("features", $"{string.Join(", ", Policy.AllFeatures)}; separated by commas. Default: quality"), Crops],
                FaceExample
            ),
            AnalyzeAsync,
            parts
        );
        routes.Route(
            "POST",
            "/v1/embed",
            KeyRoles.Analyse,
            "Turns faces into vectors",
            new(BodyKind.Picture, [("gallery", "whose embedder is used")], FaceExample),
            EmbedAsync,
            parts
        );
        routes.Route(
            "POST",
            "/v1/verify",
            KeyRoles.Analyse,
            "Says whether two pictures show one person; with several b, compares a with each",
            new(
                BodyKind.Pair,
                [
                    ("fmr", "false match rate; default: the service's"),
                    ("rates", RatesMeaning),
                    ("threshold", "own threshold of the score instead of a rate"),
                    ("metric", "cosine or l2"),
                    ("face", "largest, center, only or all"),
                    ("embeddings", "true adds both faces' vectors: face.embedding"),
                ],
                """
                {"match":true,"decision":"same","similarity":0.63,"score":0.63,"distance":0.86,"metric":"cosine","threshold":0.41,
                "falseMatchRate":0.0001,"probability":0.9997,"embedder":"mobilefacenet-512","a":{"input":"a.jpg","facesFound":1,
                "chosenBy":"largest","face":{}},"b":{},"rates":[{"falseMatchRate":0.001,"match":true,"decision":"same",
                "similarity":0.63,"score":0.63,"threshold":0.33},{"falseMatchRate":1e-9,"error":{"code":"unsupported-rate",
                "message":"…"}}],"requestId":"0199…"}
                """
            ),
            VerifyAsync,
            parts
        );
    }

    /// <summary>What a list of rates asks for.</summary>
    public const string RatesMeaning =
        "further rates, separated by commas, at most 16: the answer has rates, what is decided at each of them, in their order; a rate "
        + "that cannot be promised has error instead";

    private static (string, string) Crops => ("crops", "true adds every face's aligned crop as base64 PNG: crop");

    private static Task DetectAsync(HttpContext http, ServiceParts parts) => DescribeAsync(http, parts, _ => FaceFeatures.None);

    private static Task EmbedAsync(HttpContext http, ServiceParts parts) => DescribeAsync(http, parts, _ => FaceFeatures.Embedding);

    private static Task AnalyzeAsync(HttpContext http, ServiceParts parts) =>
        DescribeAsync(http, parts, asked =>
            (asked.Words("features") ?? ["quality"]).Aggregate(FaceFeatures.None, (all, name) => all | parts.Policy.Feature(name))
        );

    private static async Task DescribeAsync(HttpContext http, ServiceParts parts, Func<Asked, FaceFeatures> features)
    {
        parts.Work.Queue.RequirePlace();
        FaceAnalyzer analyzer = parts.Galleries.Of(http).Analyzer;
        RequestBody body = await parts.Bodies.ReadAsync(http).ConfigureAwait(false);
        Asked asked = new(http, body);
        FaceFeatures wanted = features(asked);
        Upload upload = body.Picture("image");
        bool crops = asked.Flag("crops");
        ImageAnalysis analysis = await parts
            .Work.AnalyzeAsync(analyzer, upload, crops ? wanted | FaceFeatures.Crop : wanted, http.RequestAborted)
            .ConfigureAwait(false);
        JsonObject document = ServiceJson.Document(analysis);
        for (int i = 0; crops && i < analysis.Faces!.Count; i++)
            if (analysis.Faces[i].Crop is { } crop)
                document["faces"]![i]!["crop"] = Convert.ToBase64String(CropPng.Encode(crop));
        document["requestId"] = RequestIds.Of(http);
        await http.Answer(document).ConfigureAwait(false);
    }

    private static async Task VerifyAsync(HttpContext http, ServiceParts parts)
    {
        parts.Work.Queue.RequirePlace();
        FaceAnalyzer analyzer = parts.Galleries.Of(http).Analyzer;
        RequestBody body = await parts.Bodies.ReadAsync(http).ConfigureAwait(false);
        Asked asked = new(http, body);
        VerificationOptions options = new()
        {
            FalseMatchRate = asked.Rate("fmr") ?? parts.Settings.Current.FalseMatchRate,
            Threshold = asked.Number("threshold"),
            FurtherRates = asked.Rates("rates"),
            Metric = asked.Choice("metric", SimilarityMetric.Cosine, ("cosine", SimilarityMetric.Cosine), ("l2", SimilarityMetric.L2)),
            Face = FaceChoiceOf(asked, FaceChoice.Largest),
        };
        if (body.Raw is not null)
            throw RequestException.BadRequest("two pictures are compared: send them as the files 'a' and 'b', or in JSON");
        bool embeddings = asked.Flag("embeddings");
        Upload a = body.Picture("a");
        IReadOnlyList<Upload> others = body.Pictures("b");
        if (others.Count == 0)
            throw RequestException.BadRequest("there is no second picture: send it as the file 'b', or in JSON as 'b'");
        if (others.Count == 1)
        {
            VerificationResult result = await parts
                .Work.VerifyAsync(analyzer, a, others[0], options, http.RequestAborted)
                .ConfigureAwait(false);
            JsonObject document = ServiceJson.Document(result, embeddings);
            document["requestId"] = RequestIds.Of(http);
            await http.Answer(document).ConfigureAwait(false);
            return;
        }
        JsonArray results = [];
        using (parts.Work.Queue.TakePlace())
            foreach (Upload b in others)
                results.Add(await OneOfManyAsync(parts, analyzer, a, b, options, embeddings, http.RequestAborted).ConfigureAwait(false));
        await http.Answer(new JsonObject { ["results"] = results, ["requestId"] = RequestIds.Of(http) }).ConfigureAwait(false);
    }

    private static async Task<JsonNode> OneOfManyAsync(
        ServiceParts parts,
        FaceAnalyzer analyzer,
        Upload a,
        Upload b,
        VerificationOptions options,
        bool embeddings,
        CancellationToken gone
    )
    {
        try
        {
            return ServiceJson.Document(
                await parts
                    .Work.Queue.OnWorkerAsync(
                        parts.Work.PixelsOf(a, b),
                        stop => FaceWork.VerifyOnWorkerAsync(analyzer, a, b, options, stop),
                        gone
                    )
                    .ConfigureAwait(false),
                embeddings
            );
        }
        catch (SemblanceException e)
            when (e
                    is Imaging.ImageFormatException
                        or Imaging.ImageTooLargeException
                        or NoFaceException
                        or SeveralFacesException
                        or TooManyFacesException
            )
        {
            return new JsonObject { ["input"] = b.Name, ["error"] = ServiceJson.Node(new AnalysisError(e.Code, e.Message)) };
        }
    }

    /// <summary>Which face a request wants.</summary>
    public static FaceChoice FaceChoiceOf(Asked asked, FaceChoice otherwise) =>
        asked.Choice(
            "face",
            otherwise,
            ("largest", FaceChoice.Largest),
            ("center", FaceChoice.Center),
            ("only", FaceChoice.Only),
            ("all", FaceChoice.All)
        );
}
