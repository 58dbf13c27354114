using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Semblance.Embedding;
using Semblance.Gallery.Identifying;
using Semblance.Server.Bodies;
using Semblance.Server.Events;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;

namespace Semblance.Server.Api;

/// <summary>Searches a gallery for the faces of a picture.</summary>
internal sealed class Identifier(ServiceParts parts, ServedGallery served)
{
    /// <summary>Finds, embeds and searches, on a worker.</summary>
    public async Task<(ImageAnalysis Analysis, IReadOnlyList<Identification> Answers)> RunAsync(
        Upload upload,
        FaceFeatures features,
        IdentifyOptions options,
        CancellationToken stop
    )
    {
        ImageAnalysis analysis = await Task.Run(() => parts.Work.Analyze(served.Analyzer, upload, features, stop), stop)
            .ConfigureAwait(false);
        FaceEmbedding[] probes = [.. analysis.Faces!.Select(face => face.Embedding!)];
        IReadOnlyList<Identification> answers = await served.Gallery.IdentifyAsync(probes, options, stop).ConfigureAwait(false);
        return (
            // Vectors are biometric data; who wants them asks for them.
            analysis with
            {
                Faces = [.. analysis.Faces!.Select((face, i) => face with { Person = answers[i].ToFacePerson(), Embedding = null })],
            },
            answers
        );
    }

    /// <summary>Writes the access log, counts, and tells who listens.</summary>
    public static async Task TellAsync(
        ServiceParts parts,
        HttpContext http,
        ServedGallery served,
        ImageAnalysis analysis,
        IReadOnlyList<Identification> answers,
        string action
    )
    {
        Guid[] named = [.. answers.Where(answer => answer.Match is not null).Select(answer => answer.Match!.Person.Id).Distinct()];
        await parts.AccessLog.AddAsync(Accesses.Of(http, served, action, named, answers.Count), http.RequestAborted).ConfigureAwait(false);
        foreach (Identification answer in answers)
        {
            string outcome = answer.Match is null ? EventTypes.Unknown : EventTypes.Identified;
            parts.Metrics.CountSearch(outcome);
            parts.Events.Publish(
                outcome,
                served.Name,
                RequestIds.Of(http),
                answer.Match?.Person.Id,
                answer.Match?.Person.Name,
                analysis.Input
            );
        }
    }

    /// <summary>The answer, with how it came about where that was asked for.</summary>
    public static JsonObject Document(ImageAnalysis analysis, IReadOnlyList<Identification> answers, bool explain)
    {
        JsonObject document = ServiceJson.Document(analysis);
        if (explain)
            for (int i = 0; i < answers.Count; i++)
                document["faces"]![i]!["search"] = Explanation(answers[i]);
        return document;
    }

    private static JsonNode? Explanation(Identification answer) =>
        ServiceJson.Node(
            new
            {
                threshold = Math.Round(answer.Threshold.Similarity, 4),
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
                    probability = candidate.Probability is { } probability ? Math.Round(probability, 6) : (double?)null,
                    reference = candidate.ReferenceId,
                }),
            }
        );
}
