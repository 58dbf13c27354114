using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Semblance.Matching;

namespace Semblance.Server.Failures;

/// <summary>The one place where errors become statuses.</summary>
internal static class FailureMap
{
    /// <summary>What a client is told about an error.</summary>
    public static Failure Of(Exception error) =>
        error switch
        {
            RequestException e => new(e.Status, e.Code, e.Message) { RetryAfter = e.RetryAfter, Cause = e },
            CompreFace.CompreFaceException e => new(e.Status, "compreface", e.Message) { Cause = e },
            BadHttpRequestException e => new(e.StatusCode, CodeOf(e), e.Message) { Cause = e },
            SemblanceException e => Of(e),
            JsonException e => new(400, "bad-request", "the body is no JSON of the expected form") { Cause = e },
            ArgumentException e => new(400, "bad-request", e.Message) { Cause = e },
            _ => new(500, "internal", "the service failed; its log has the reason under this request's id") { Cause = error },
        };

    private static string CodeOf(BadHttpRequestException error) =>
        error.StatusCode switch
        {
            408 => "too-slow",
            413 => "request-too-large",
            _ => "bad-request",
        };

    private static Failure Of(SemblanceException error)
    {
        (int status, string code) = error.Category switch
        {
            ErrorCategory.Usage => (400, error.Code),
            ErrorCategory.NotFound => (404, "not-found"),
            ErrorCategory.ImageNotFound or ErrorCategory.ImageUnreadable or ErrorCategory.ImageFormat => (415, "image-format"),
            ErrorCategory.TooLarge when error is TooManyFacesException => (422, error.Code),
            ErrorCategory.TooLarge => (413, "image-too-large"),
            ErrorCategory.NoFace => (422, "no-face"),
            ErrorCategory.SeveralFaces => (422, "several-faces"),
            ErrorCategory.Unsupported => (422, error.Code),
            ErrorCategory.Conflict => (409, error.Code is "gallery-contract" or "embedding-mismatch" ? "contract-mismatch" : error.Code),
            ErrorCategory.ConsentRequired => (422, "consent-required"),
            ErrorCategory.Model or ErrorCategory.Storage or ErrorCategory.Network => (503, error.Code),
            _ => (500, "internal"),
        };
        // Faults of the service say nothing about its insides.
        string detail = status >= 500 ? "the service cannot do this now; its log has the reason under this request's id" : error.Message;
        return error is UnsupportedRateException rate
            ? new(status, code, detail)
            {
                Cause = error,
                Members = new Dictionary<string, object?> { ["smallestSupported"] = rate.Smallest, ["largestSupported"] = rate.Largest },
            }
            : new(status, code, detail) { Cause = error };
    }
}
