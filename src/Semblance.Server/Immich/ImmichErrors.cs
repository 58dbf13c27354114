using Microsoft.AspNetCore.Http;
using Semblance.Server.Failures;
using Semblance.Server.Hosting;

namespace Semblance.Server.Immich;

/// <summary>Errors as Immich's machine learning words them: <c>detail</c>.</summary>
internal sealed class ImmichErrors : IErrorForm
{
    public static ImmichErrors Instance { get; } = new();

    public Task WriteAsync(HttpContext http, Failure failure)
    {
        http.Response.StatusCode = failure.Status is 413 or 415 ? 400 : failure.Status;
        return ServiceJson.WriteAsync(http, new { detail = failure.Detail });
    }
}
