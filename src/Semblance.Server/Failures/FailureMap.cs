using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Semblance.Gallery;
using Semblance.Imaging;
using Semblance.Matching;
using Semblance.Models;

namespace Semblance.Server.Failures;

/// <summary>The one place where errors become statuses.</summary>
internal static class FailureMap
{
    /// <summary>What a client is told about an error.</summary>
    public static Failure Of(Exception error) =>
        error switch
        {
            RequestException e => new(e.Status, e.Code, e.Message) { RetryAfter = e.RetryAfter, Cause = e },
            BadHttpRequestException e => new(e.StatusCode, e.StatusCode == 413 ? "request-too-large" : "bad-request", e.Message)
            {
                Cause = e,
            },
            NoFaceException e => new(422, e.Code, e.Message) { Cause = e },
            SeveralFacesException e => new(422, e.Code, e.Message) { Cause = e },
            ImageFormatException e => new(415, e.Code, e.Message) { Cause = e },
            ImageTooLargeException e => new(413, e.Code, e.Message) { Cause = e },
            UnsupportedRateException e => new(422, e.Code, e.Message)
            {
                Cause = e,
                Members = new Dictionary<string, object?> { ["smallestSupported"] = e.Smallest, ["largestSupported"] = e.Largest },
            },
            GalleryContractException e => new(409, "contract-mismatch", e.Message) { Cause = e },
            Embedding.EmbeddingMismatchException e => new(409, "contract-mismatch", e.Message) { Cause = e },
            ConsentRequiredException e => new(422, e.Code, e.Message) { Cause = e },
            PersonNotFoundException e => new(404, "not-found", e.Message) { Cause = e },
            AmbiguousNameException e => new(409, e.Code, e.Message) { Cause = e },
            GalleryStorageException e => new(503, e.Code, e.Message) { Cause = e },
            GalleryException e => new(422, e.Code, e.Message) { Cause = e },
            ModelException e => new(503, e.Code, e.Message) { Cause = e },
            SemblanceException e => new(422, e.Code, e.Message) { Cause = e },
            JsonException e => new(400, "bad-request", "the body is no JSON of the expected form") { Cause = e },
            ArgumentException e => new(400, "bad-request", e.Message) { Cause = e },
            _ => new(500, "internal", "the service failed; its log has the reason under this request's id") { Cause = error },
        };
}
