using Microsoft.AspNetCore.Http;
using Semblance.Gallery;
using Semblance.Imaging;
using Semblance.Server.Failures;
using Semblance.Server.Hosting;

namespace Semblance.Server.CompreFace;

/// <summary>CompreFace's errors: <c>message</c> and a number.</summary>
internal sealed class CompreFaceErrors : IErrorForm
{
    private const int MissingHeader = 20,
        Extension = 21,
        Validation = 26,
        NoFace = 28,
        SeveralFaces = 31,
        Argument = 36,
        SubjectExists = 43,
        Fault = 41,
        UnknownKey = 1,
        Forbidden = 3,
        Busy = 29;

    public static CompreFaceErrors Instance { get; } = new();

    public Task WriteAsync(HttpContext http, Failure failure)
    {
        (int status, int code) = failure.Cause is CompreFaceException own ? (own.Status, own.Code) : Of(http, failure);
        http.Response.StatusCode = status;
        return ServiceJson.WriteAsync(http, new { message = failure.Detail, code });
    }

    private static (int Status, int Code) Of(HttpContext http, Failure failure) =>
        failure switch
        {
            { Status: 401 } => Keys.KeyCheck.Sent(http) is null && http.Request.RouteValues["key"] is null
                ? (400, MissingHeader)
                : (401, UnknownKey),
            { Status: 403 } => (403, Forbidden),
            { Status: 429 } => (429, Busy),
            { Code: "no-face" } => (400, NoFace),
            { Code: "several-faces" } => (400, SeveralFaces),
            { Cause: AmbiguousNameException } => (400, SubjectExists),
            { Code: "image-format" } or { Cause: ImageFormatException } => (400, Extension),
            { Status: 413 } => (400, Validation),
            { Status: 404 or 405 } => (failure.Status, Argument),
            { Status: >= 500 } => (failure.Status, Fault),
            _ => (400, Validation),
        };
}
