using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Semblance.Gallery;
using Semblance.Gallery.Identifying;
using Semblance.Server.Bodies;
using Semblance.Server.Failures;
using Semblance.Server.Foreign;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;
using Semblance.Writing;

namespace Semblance.Server.DeepStack;

/// <summary>The routes of DeepStack and CodeProject.AI, as home automation and camera programs speak them.</summary>
internal static class DeepStackRoutes
{
    private const string Prefix = "/v1/vision/face";
    private const double DefaultConfidence = 0.55,
        DefaultRecognition = 0.67;

    public static void Map(IEndpointRouteBuilder routes, ServiceParts parts)
    {
        void Post(string path, KeyRoles roles, Func<HttpContext, ServiceParts, RequestBody, ServedGallery, Task> handler)
        {
            // The key may come after the file, in the body: it is looked at when all is read.
            RequiredRoles required = new(roles) { Deferred = true };
            routes
                .MapMethods(Prefix + path, ["POST"], async (HttpContext http) =>
                {
                    parts.Work.Queue.RequirePlace();
                    RequestBody body = await parts.Bodies.ReadAsync(http).ConfigureAwait(false);
                    Caller caller = parts.KeyCheck.Admit(body.Text("api_key") is { Length: > 0 } key ? key : KeyCheck.Sent(http), required);
                    http.Features.Set(caller);
                    await handler(http, parts, body, parts.Galleries.Of(http, caller)).ConfigureAwait(false);
                })
                .WithMetadata(required, DeepStackErrors.Instance)
                .ExcludeFromDescription();
        }
        Post("", KeyRoles.Analyse, DetectAsync);
        Post("/recognize", KeyRoles.Identify, RecognizeAsync);
        Post("/register", KeyRoles.Enrol, RegisterAsync);
        Post("/match", KeyRoles.Analyse, MatchAsync);
        Post("/list", KeyRoles.Identify | KeyRoles.Enrol, ListAsync);
        Post("/delete", KeyRoles.Enrol, DeleteAsync);
    }

    private static async Task DetectAsync(HttpContext http, ServiceParts parts, RequestBody body, ServedGallery served)
    {
        long start = Stopwatch.GetTimestamp();
        double least = Confidence(body, DefaultConfidence);
        ImageAnalysis analysis = await FindAsync(http, parts, body, served, FaceFeatures.None).ConfigureAwait(false);
        await AnswerAsync(
                http,
                start,
                analysis.Faces!.Where(face => face.Score >= least).Select(face => Prediction(face, Math.Round(face.Score, 5), null))
            )
            .ConfigureAwait(false);
    }

    private static async Task RecognizeAsync(HttpContext http, ServiceParts parts, RequestBody body, ServedGallery served)
    {
        long start = Stopwatch.GetTimestamp();
        double least = Confidence(body, DefaultRecognition);
        ImageAnalysis analysis = await FindAsync(http, parts, body, served, FaceFeatures.Embedding).ConfigureAwait(false);
        (_, IReadOnlyList<Identification> answers) = await new ForeignFaces(parts)
            .IdentifyAsync(http, served, analysis, IdentifyOptions.DefaultCandidates, http.RequestAborted)
            .ConfigureAwait(false);
        await AnswerAsync(
                http,
                start,
                analysis.Faces!.Select(
                    (face, i) =>
                        answers[i].Match is { } match
                        && ForeignFaces.ProbabilityOf(answers[i], match) is var probability
                        && probability >= least
                            ? Prediction(face, probability, match.Person.Name)
                            : Prediction(face, 0, "unknown")
                )
            )
            .ConfigureAwait(false);
    }

    /// <summary>Registering a name again replaces what was known of it.</summary>
    private static async Task RegisterAsync(HttpContext http, ServiceParts parts, RequestBody body, ServedGallery served)
    {
        string name = UserId(body) ?? throw RequestException.BadRequest("userid not specified");
        List<Upload> uploads = Files(body);
        if (uploads.Count == 0)
            throw RequestException.BadRequest("no image");
        ForeignPeople people = new(parts);
        IReadOnlyList<Person> before = await served.Gallery.FindByNameAsync(name, http.RequestAborted).ConfigureAwait(false);
        List<FaceReference> held = [];
        foreach (Person person in before)
            held.AddRange(await served.Gallery.ReferencesOfAsync(person.Id, http.RequestAborted).ConfigureAwait(false));
        // First the new ones, so that a picture without a face leaves everything as it was.
        Enrolment enrolment = await people.EnrolAsync(http, served, name, uploads, FaceChoice.Largest).ConfigureAwait(false);
        HashSet<string?> again = [.. enrolment.AlreadyEnrolled.Select(draft => draft.SourceHash)];
        foreach (FaceReference old in held.Where(old => old.SourceHash is null || !again.Contains(old.SourceHash)))
            await served.Gallery.RemoveReferenceAsync(old.Id, CancellationToken.None).ConfigureAwait(false);
        await ServiceJson
            .WriteAsync(
                http,
                new
                {
                    success = true,
                    message = before.Count == 0 ? "face added" : "face updated",
                    duration = 0,
                }
            )
            .ConfigureAwait(false);
    }

    private static async Task MatchAsync(HttpContext http, ServiceParts parts, RequestBody body, ServedGallery served)
    {
        List<Upload> uploads = Files(body);
        if (uploads.Count < 2)
            throw RequestException.BadRequest("two images are compared: image1 and image2");
        VerificationOptions options = new() { FalseMatchRate = parts.Settings.Current.FalseMatchRate, Face = FaceChoice.Largest };
        VerificationResult result = await parts
            .Work.VerifyAsync(served.Analyzer, uploads[0], uploads[1], options, http.RequestAborted)
            .ConfigureAwait(false);
        await ServiceJson
            .WriteAsync(
                http,
                new
                {
                    success = true,
                    similarity = ForeignFaces.ProbabilityOf(result),
                    duration = 0,
                }
            )
            .ConfigureAwait(false);
    }

    private static async Task ListAsync(HttpContext http, ServiceParts parts, RequestBody body, ServedGallery served)
    {
        SortedSet<string> names = new(StringComparer.Ordinal);
        await foreach (Person person in served.Gallery.ListAsync(http.RequestAborted).ConfigureAwait(false))
            names.Add(person.Name);
        await parts.AccessLog.AddAsync(Api.Accesses.Of(http, served, "list", []), http.RequestAborted).ConfigureAwait(false);
        await ServiceJson
            .WriteAsync(
                http,
                new
                {
                    success = true,
                    faces = names,
                    duration = 0,
                }
            )
            .ConfigureAwait(false);
    }

    private static async Task DeleteAsync(HttpContext http, ServiceParts parts, RequestBody body, ServedGallery served)
    {
        string name = UserId(body) ?? throw RequestException.BadRequest("userid not specified");
        await new ForeignPeople(parts).RemoveAsync(http, served, name).ConfigureAwait(false);
        await ServiceJson.WriteAsync(http, new { success = true, duration = 0 }).ConfigureAwait(false);
    }

    private static Task<ImageAnalysis> FindAsync(
        HttpContext http,
        ServiceParts parts,
        RequestBody body,
        ServedGallery served,
        FaceFeatures features
    ) =>
        new ForeignFaces(parts).AnalyzeAsync(
            served,
            Files(body) is [var first, ..] ? first : throw RequestException.BadRequest("no image"),
            features,
            WithoutFace.AnswerNone,
            http.RequestAborted
        );

    /// <summary>File fields have any name: <c>image</c>, <c>image1</c>, <c>image</c> with random letters. Texts are known by
    /// theirs.</summary>
    private static List<Upload> Files(RequestBody body)
    {
        if (body.Parts.Count == 0)
            return [.. body.Pictures("image")];
        return
        [
            .. body
                .Parts.Where(part => part.Name is not ("userid" or "userId" or "api_key" or "min_confidence" or "admin_key"))
                .Where(part => part.FileName is not null || part.Name.StartsWith("image", StringComparison.OrdinalIgnoreCase))
                .OrderBy(part => part.Name is "image2" ? 1 : 0)
                .Select(body.PictureOf),
        ];
    }

    private static string? UserId(RequestBody body) => (body.Text("userid") ?? body.Text("userId")) is { Length: > 0 } id ? id : null;

    private static double Confidence(RequestBody body, double otherwise) =>
        body.Text("min_confidence") is not { Length: > 0 } text ? otherwise
        : InvariantNumber.TryParse(text, out double least) ? least
        : throw RequestException.BadRequest("min_confidence is no number; write a point, not a comma");

    private static object Prediction(AnalyzedFace face, double confidence, string? userid) =>
        new
        {
            confidence,
            userid,
            x_min = (int)MathF.Round(face.Box.X),
            y_min = (int)MathF.Round(face.Box.Y),
            x_max = (int)MathF.Round(face.Box.Right),
            y_max = (int)MathF.Round(face.Box.Bottom),
        };

    private static Task AnswerAsync(HttpContext http, long start, IEnumerable<object> predictions) =>
        ServiceJson.WriteAsync(
            http,
            new
            {
                success = true,
                predictions,
                duration = (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds,
            }
        );
}
