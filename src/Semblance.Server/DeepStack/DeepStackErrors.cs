using Microsoft.AspNetCore.Http;
using Semblance.Server.Failures;
using Semblance.Server.Hosting;

namespace Semblance.Server.DeepStack;

/// <summary>DeepStack's errors: <c>{"success":false,"error","duration"}</c>. Its clients read 403 as "not enabled".</summary>
internal sealed class DeepStackErrors : IErrorForm
{
    public static DeepStackErrors Instance { get; } = new();

    public Task WriteAsync(HttpContext http, Failure failure)
    {
        (int status, string error) = failure switch
        {
            { Status: 401 } => (401, "Incorrect api key"),
            { Code: "image-format" or "image-too-large" } => (400, "invalid image"),
            { Code: "no-face" } => (400, "no face detected"),
            { Status: 404 or 409 or 413 or 415 or 422 } => (400, failure.Detail),
            _ => (failure.Status, failure.Detail),
        };
        http.Response.StatusCode = status;
        return ServiceJson.WriteAsync(
            http,
            new
            {
                success = false,
                error,
                duration = 0,
            }
        );
    }
}
