using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Semblance.Gallery;
using Semblance.Gallery.Enrolling;
using Semblance.Gallery.Identifying;
using Semblance.Server.Bodies;
using Semblance.Server.Foreign;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;

namespace Semblance.Server.DeepFace;

/// <summary>DeepFace's routes about its data base of faces: register, search, build/index.</summary>
internal static class DeepFacePeople
{
    private const int DefaultCandidates = 5,
        MostCandidates = 100;

    /// <summary>Enrols the one face of a picture under <c>img_name</c>; without one under the picture's hash.</summary>
    public static async Task RegisterAsync(HttpContext http, ServiceParts parts)
    {
        (DeepFaceRequest request, ServedGallery served) = await DeepFaceRoutes.ReadAsync(http, parts).ConfigureAwait(false);
        Upload upload = request.Picture("img");
        string name = request.Text("img_name") ?? $"img-{PhotoReader.HashOf(upload.Bytes.Span)[..12]}";
        Enrolment enrolment = await new ForeignPeople(parts)
            .EnrolAsync(http, served, name, [upload], FaceChoice.Only)
            .ConfigureAwait(false);
        await ServiceJson.WriteAsync(http, new { inserted = enrolment.Added.Count }).ConfigureAwait(false);
    }

    /// <summary>A list of known people for every face; a stranger's is empty unless <c>similarity_search</c> asks for the
    /// nearest.</summary>
    public static async Task SearchAsync(HttpContext http, ServiceParts parts)
    {
        (DeepFaceRequest request, ServedGallery served) = await DeepFaceRoutes.ReadAsync(http, parts).ConfigureAwait(false);
        ImageAnalysis analysis = await DeepFaceRoutes
            .FacesAsync(http, parts, served, request, request.Picture("img"), FaceFeatures.Embedding)
            .ConfigureAwait(false);
        int most = Math.Min(request.Whole("k") ?? DefaultCandidates, MostCandidates);
        (_, IReadOnlyList<Identification> answers) = await new ForeignFaces(parts)
            .IdentifyAsync(http, served, analysis, most, http.RequestAborted)
            .ConfigureAwait(false);
        bool nearest = request.Flag("similarity_search", false);
        JsonArray results = [];
        for (int i = 0; i < answers.Count; i++)
        {
            JsonArray found = [];
            foreach (PersonCandidate candidate in nearest ? answers[i].Candidates : ForeignFaces.KnownOf(answers[i]))
                found.Add(Row(request, analysis.Faces![i], answers[i], candidate));
            results.Add(found);
        }
        await ServiceJson.WriteAsync(http, new JsonObject { ["results"] = results }).ConfigureAwait(false);
    }

    /// <summary>The gallery's index is always up to date; the route is there because clients call it.</summary>
    public static Task BuildIndexAsync(HttpContext http, ServiceParts parts)
    {
        _ = parts.Galleries.Of(http);
        return ServiceJson.WriteAsync(http, new { message = "the index is built and kept up to date with every change" });
    }

    private static JsonObject Row(DeepFaceRequest request, AnalyzedFace face, Identification answer, PersonCandidate candidate) =>
        new()
        {
            ["id"] = candidate.Person.Id.ToString(),
            ["img_name"] = candidate.Person.Name,
            ["model_name"] = request.Model,
            ["detector_backend"] = request.Detector,
            ["target_x"] = (int)MathF.Round(face.Box.X),
            ["target_y"] = (int)MathF.Round(face.Box.Y),
            ["target_w"] = (int)MathF.Round(face.Box.Width),
            ["target_h"] = (int)MathF.Round(face.Box.Height),
            ["threshold"] = answer.CannotTell is null
                ? Math.Round(request.Distance(answer.Threshold.Similarity), 6)
                : DeepFaceRequest.NoDistance,
            ["distance_metric"] = request.Metric,
            ["distance"] = Math.Round(request.Distance(candidate.Score), 6),
            ["confidence"] = Math.Round(100 * ForeignFaces.ProbabilityOf(answer, candidate), 2),
        };
}
