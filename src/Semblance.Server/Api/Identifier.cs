using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Semblance.Embedding;
using Semblance.Gallery;
using Semblance.Gallery.Identifying;
using Semblance.Server.Bodies;
using Semblance.Server.Events;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;

namespace Semblance.Server.Api;

/// <summary>Searches a gallery for the faces of a picture.</summary>
internal sealed class Identifier(ServiceParts parts, ServedGallery served)
{
    /// <summary>Finds, embeds and searches, on a worker; keeps strangers where the service is set so.</summary>
    public async Task<Found> RunAsync(Upload upload, FaceFeatures features, IdentifyOptions options, CancellationToken stop)
    {
        bool keeps = parts.Options.StrangerDays is not null;
        if (keeps)
            features |= FaceFeatures.Crop | FaceFeatures.Quality;
        ImageAnalysis analysis = await parts.Work.AnalyzeOnWorkerAsync(served.Analyzer, upload, features, stop).ConfigureAwait(false);
        FaceEmbedding[] probes = [.. analysis.Faces!.Select(face => face.Embedding!)];
        IReadOnlyList<Identification> answers = await served.Gallery.IdentifyAsync(probes, options, stop).ConfigureAwait(false);
        IReadOnlyDictionary<int, StrangerSighting> strangers = keeps
            ? await new StrangerKeeper(parts, served).KeepAsync(upload, analysis, answers).ConfigureAwait(false)
            : new Dictionary<int, StrangerSighting>();
        // Vectors are biometric data; who wants them asks for them.
        AnalyzedFace[] faces = [.. analysis.Faces!.Select((face, i) => face with { Person = answers[i].ToFacePerson(), Embedding = null })];
        return new(analysis with { Faces = faces }, answers, strangers);
    }

    /// <summary>What a search found.</summary>
    /// <param name="Analysis">The faces with who they are.</param>
    /// <param name="Answers">How that came about, a face each.</param>
    /// <param name="Strangers">What became of unknown faces that were kept, by face.</param>
    internal sealed record Found(
        ImageAnalysis Analysis,
        IReadOnlyList<Identification> Answers,
        IReadOnlyDictionary<int, StrangerSighting> Strangers
    );

    /// <summary>Tells the access log, the counters and who listens, of a search of one of our routes.</summary>
    public static Task TellAsync(ServiceParts parts, HttpContext http, ServedGallery served, Found found) =>
        TellAsync(parts, http, served, found.Analysis, found.Answers, found.Strangers);

    /// <summary>Writes the access log, counts, and tells who listens.</summary>
    public static async Task TellAsync(
        ServiceParts parts,
        HttpContext http,
        ServedGallery served,
        ImageAnalysis analysis,
        IReadOnlyList<Identification> answers,
        IReadOnlyDictionary<int, StrangerSighting>? strangers = null
    )
    {
        Guid[] named = [.. answers.Where(answer => answer.Match is not null).Select(answer => answer.Match!.Person.Id).Distinct()];
        await parts
            .AccessLog.AddAsync(Accesses.Of(http, served, "identify", named, answers.Count), http.RequestAborted)
            .ConfigureAwait(false);
        for (int i = 0; i < answers.Count; i++)
        {
            string outcome = OutcomeOf(answers[i]);
            parts.Metrics.CountSearch(outcome);
            StrangerSighting? stranger = strangers?.GetValueOrDefault(i);
            // A stranger whom nobody wants to be told of.
            if (stranger?.Person.Kind == PersonKind.Ignored)
                continue;
            PersonCandidate? match = answers[i].Match;
            parts.Events.Publish(
                outcome,
                served.Name,
                RequestIds.Of(http),
                match?.Person.Id ?? stranger?.Person.Id,
                match?.Person.Name,
                analysis.Input
            );
        }
    }

    /// <summary>The answer, with how it came about where that was asked for.</summary>
    public static JsonObject Document(Found found, bool explain)
    {
        JsonObject document = ServiceJson.Document(found.Analysis);
        for (int i = 0; i < found.Answers.Count; i++)
        {
            if (explain)
                document["faces"]![i]!["search"] = Explanation(found.Answers[i]);
            if (found.Strangers.TryGetValue(i, out StrangerSighting? stranger))
                document["faces"]![i]!["stranger"] = ServiceJson.Node(
                    new
                    {
                        id = stranger.Person.Id,
                        isNew = stranger.IsNew,
                        ignored = stranger.Person.Kind == PersonKind.Ignored,
                    }
                );
        }
        return document;
    }

    private static string OutcomeOf(Identification answer) =>
        answer.Match is not null ? EventTypes.Identified
        : answer.CannotTell is not null ? EventTypes.CannotTell
        : EventTypes.Unknown;

    private static JsonNode? Explanation(Identification answer) =>
        ServiceJson.Node(
            new
            {
                outcome = OutcomeOf(answer),
                // Where no score is enough there is no threshold to show.
                threshold = answer.Threshold.Similarity > 1 ? (double?)null : Math.Round(answer.Threshold.Similarity, 4),
                comparisons = answer.Threshold.Comparisons,
                falsePositiveIdentificationRate = answer.Threshold.FalsePositiveIdentificationRate,
                falseMatchRate = answer.Threshold.FalseMatchRate,
                source = answer.Threshold.Source,
                margin = answer.Margin is { } margin ? Math.Round(margin, 4) : (double?)null,
                candidates = answer.Candidates.Select(candidate => new
                {
                    id = candidate.Person.Id,
                    name = candidate.Person.Name,
                    similarity = Math.Round(candidate.Similarity, 4),
                    score = Math.Round(candidate.Score, 4),
                    probability = candidate.Probability is { } probability ? Math.Round(probability, 6) : (double?)null,
                    reference = candidate.ReferenceId,
                }),
            }
        );
}
