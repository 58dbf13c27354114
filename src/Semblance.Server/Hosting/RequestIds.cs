using Microsoft.AspNetCore.Http;

namespace Semblance.Server.Hosting;

/// <summary>Gives every request an id: in its answer, its log lines, the audit chain and the access log.</summary>
internal static class RequestIds
{
    /// <summary>The header that carries it.</summary>
    public const string Header = "X-Request-Id";

    public static string Of(HttpContext http) => http.TraceIdentifier;

    /// <summary>Names the request. A client's own id is not taken: it could collide, or say something about a person.</summary>
    public static Task Name(HttpContext http, RequestDelegate next)
    {
        http.TraceIdentifier = Guid.CreateVersion7().ToString("n");
        http.Response.Headers[Header] = http.TraceIdentifier;
        return next(http);
    }
}
