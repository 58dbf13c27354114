using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Semblance.Gallery.Identifying;
using Semblance.Matching;
using Semblance.Server.Bodies;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;

namespace Semblance.Server.Api;

/// <summary>Routes that compare pictures with people: identify, and verify against one person.</summary>
internal static class IdentifyRoutes
{
    public static void Map(IEndpointRouteBuilder routes, ServiceParts parts)
    {
        routes.Route(
            "POST",
            "/v1/identify",
            KeyRoles.Identify,
            "Says who is in a picture; strangers are unknown, never the nearest name",
            new(
                BodyKind.Picture,
                [
                    ("gallery", "which gallery"),
                    ("fpir", "rate of strangers who may be given a name; default: the service's"),
                    ("threshold", "own threshold of the score instead of a rate"),
                    ("margin", "how much more similar the best must be than the second"),
                    (
                        "explain",
                        "true adds to every face how it came about: search, with outcome, threshold and the nearest "
                            + "people with their scores"
                    ),
                    ("candidates", "how many people explain shows; default 5"),
                    ("features", "further features, as in /v1/analyze"),
                ],
                """
                {"input":"party.jpg","width":1600,"height":1200,"faces":[{"box":{"x":412.3,"y":180.9,"width":98.2,"height":121.7},
                "score":0.998,"landmarks":[[441,228.1],[487.2,226.9],[465,255.2],[446.3,280.8],[484.8,279.9]],"person":{"id":"0199…",
                "name":"Ada","similarity":0.71,
                "probability":0.9998}},{"person":{"unknown":"best 0.21, threshold 0.41"}},
                {"person":{"cannotTell":"too little of a face to recognise (norm 2.10, 2.60 needed)"}}],"gallery":"default",
                "requestId":"0199…"}
                """
            ),
            IdentifyAsync,
            parts
        );
        routes.Route(
            "POST",
            "/v1/verify/{personId}",
            KeyRoles.Identify,
            "Says whether a picture shows a certain person",
            new(
                BodyKind.Picture,
                [
                    ("gallery", "which gallery"),
                    ("fmr", "false match rate"),
                    ("rates", PictureRoutes.RatesMeaning),
                    ("threshold", "own threshold instead"),
                    ("face", "largest, center or only"),
                ],
                """
                {"input":"door.jpg","id":"0199…","name":"Ada","match":true,"decision":"same","similarity":0.63,"score":0.63,
                "threshold":0.41,"falseMatchRate":0.0001,"probability":0.9997,"reference":"0199…","rates":[{"falseMatchRate":0.001,
                "match":true,"decision":"same","similarity":0.63,"score":0.63,"threshold":0.33}],"requestId":"0199…"}
                """
            ),
            VerifyPersonAsync,
            parts
        );
    }

    private static async Task IdentifyAsync(HttpContext http, ServiceParts parts)
    {
        parts.Policy.RequireIdentification();
        parts.Work.Queue.RequirePlace();
        ServedGallery served = parts.Galleries.Of(http);
        RequestBody body = await parts.Bodies.ReadAsync(http).ConfigureAwait(false);
        Asked asked = new(http, body);
        IdentifyOptions options = OptionsOf(asked, parts);
        FaceFeatures features = (asked.Words("features") ?? ["quality"]).Aggregate(FaceFeatures.Embedding, (all, name) =>
            all | parts.Policy.Feature(name)
        );
        Upload upload = body.Picture("image");
        Identifier.Found found = await parts
            .Work.Queue.RunAsync(
                parts.Work.PixelsOf(upload),
                stop => new Identifier(parts, served).RunAsync(upload, features, options, stop),
                http.RequestAborted
            )
            .ConfigureAwait(false);
        await Identifier.TellAsync(parts, http, served, found).ConfigureAwait(false);
        JsonObject document = Identifier.Document(found, asked.Flag("explain"));
        document["gallery"] = served.Name;
        document["requestId"] = RequestIds.Of(http);
        await http.Answer(document).ConfigureAwait(false);
    }

    /// <summary>How a request wants to search.</summary>
    public static IdentifyOptions OptionsOf(Asked asked, ServiceParts parts) =>
        new()
        {
            FalsePositiveIdentificationRate = asked.Rate("fpir") ?? parts.Settings.Current.FalsePositiveIdentificationRate,
            Threshold = asked.Number("threshold"),
            MinimumMargin = asked.Number("margin") ?? 0,
            Candidates = asked.Whole("candidates", 1, 100) ?? IdentifyOptions.DefaultCandidates,
        };

    private static async Task VerifyPersonAsync(HttpContext http, ServiceParts parts)
    {
        parts.Work.Queue.RequirePlace();
        ServedGallery served = parts.Galleries.Of(http);
        Guid id = http.IdOf("personId");
        RequestBody body = await parts.Bodies.ReadAsync(http).ConfigureAwait(false);
        Asked asked = new(http, body);
        PersonVerificationOptions options = new()
        {
            FalseMatchRate = asked.Rate("fmr") ?? parts.Settings.Current.FalseMatchRate,
            Threshold = asked.Number("threshold"),
        };
        IReadOnlyList<double> rates = asked.Rates("rates");
        Upload upload = body.Picture("image");
        AnalyzedFace face = await parts
            .Work.EmbedChosenAsync(served.Analyzer, upload, PictureRoutes.FaceChoiceOf(asked, FaceChoice.Largest), http.RequestAborted)
            .ConfigureAwait(false);
        PersonVerification answer = await served
            .Gallery.VerifyAsync(face.Embedding!, id, options, http.RequestAborted)
            .ConfigureAwait(false);
        RateDecision[] further = new RateDecision[rates.Count];
        for (int i = 0; i < further.Length; i++)
            further[i] = await AtAsync(served, face, id, options, rates[i], http.RequestAborted).ConfigureAwait(false);
        await parts.AccessLog.AddAsync(Accesses.Of(http, served, "verify", [id], 1), http.RequestAborted).ConfigureAwait(false);
        MatchDecision decision = answer.Decision;
        await http.Answer(
                new
                {
                    input = upload.Name,
                    id = answer.Person.Id,
                    name = answer.Person.Name,
                    match = decision.Match,
                    decision = decision.Decision,
                    cannotTell = DoubtOf(decision, served, face),
                    similarity = Math.Round(decision.Similarity, 4),
                    score = Math.Round(decision.Score, 4),
                    threshold = Math.Round(decision.Threshold, 4),
                    falseMatchRate = decision.FalseMatchRate,
                    probability = decision.Probability is { } probability ? Math.Round(probability, 6) : (double?)null,
                    reference = answer.ReferenceId,
                    rates = further.Length == 0 ? null : further,
                    requestId = RequestIds.Of(http),
                }
            )
            .ConfigureAwait(false);
    }

    /// <summary>The answer of a comparison with a person at another rate.</summary>
    private static async Task<RateDecision> AtAsync(
        ServedGallery served,
        AnalyzedFace face,
        Guid id,
        PersonVerificationOptions options,
        double rate,
        CancellationToken gone
    )
    {
        try
        {
            MatchDecision decision = (
                await served
                    .Gallery.VerifyAsync(face.Embedding!, id, options with { FalseMatchRate = rate, Threshold = null }, gone)
                    .ConfigureAwait(false)
            ).Decision;
            RateDecision answer = RateDecision.Of(rate, decision, DoubtOf(decision, served, face));
            return answer with
            {
                Similarity = Math.Round(decision.Similarity, 4),
                Score = Math.Round(decision.Score, 4),
                Threshold = Math.Round(decision.Threshold, 4),
            };
        }
        catch (UnsupportedRateException e)
        {
            return RateDecision.Of(rate, e);
        }
    }

    private static CannotTell? DoubtOf(MatchDecision decision, ServedGallery served, AnalyzedFace face) =>
        decision.Decision == Decision.CannotTell ? new(DecisionReasons.Of(decision, served.Analyzer.Matcher, face)) : null;
}
