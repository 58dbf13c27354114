using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Semblance.Server.Hosting;

namespace Semblance.Server.Failures;

/// <summary>RFC 9457 problem documents.</summary>
internal sealed class ProblemForm : IErrorForm
{
    public static ProblemForm Instance { get; } = new();

    public Task WriteAsync(HttpContext http, Failure failure)
    {
        Dictionary<string, object?> document = new()
        {
            ["type"] = $"urn:semblance:problem:{failure.Code}",
            ["title"] = ReasonPhrases.GetReasonPhrase(failure.Status),
            ["status"] = failure.Status,
            ["detail"] = failure.Detail,
            ["code"] = failure.Code,
            ["requestId"] = RequestIds.Of(http),
        };
        foreach ((string name, object? value) in failure.Members)
            document[name] = value;
        http.Response.StatusCode = failure.Status;
        return ServiceJson.WriteAsync(http, document, "application/problem+json");
    }
}
