using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Semblance.Server.Failures;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;

namespace Semblance.Server.Api;

/// <summary>Puts native routes down: method, path, roles, words for the description.</summary>
internal static class RouteExtensions
{
    /// <summary>Adds a route that one of the roles is needed for.</summary>
    public static IEndpointConventionBuilder Route(
        this IEndpointRouteBuilder routes,
        string method,
        string path,
        KeyRoles roles,
        string summary,
        RouteDoc doc,
        Func<HttpContext, ServiceParts, Task> handler,
        ServiceParts parts
    ) =>
        routes
            // As a delegate of any kind, since plain request delegates are left out of the description.
            .MapMethods(path, [method], (Delegate)(Func<HttpContext, Task>)(http => handler(http, parts)))
            .WithMetadata(new RequiredRoles(roles), doc)
            .WithTags(path.Split('/') is [_, _, var family, ..] ? family : "service")
            .WithSummary(summary)
            .WithName($"{method.ToLowerInvariant()}{string.Concat(path.Where(c => c is not ('{' or '}'))).Replace('/', '_')}");

    /// <summary>An id in the path.</summary>
    /// <exception cref="RequestException">It is none.</exception>
    public static Guid IdOf(this HttpContext http, string name) =>
        Guid.TryParse(http.Request.RouteValues[name] as string, out Guid id)
            ? id
            : throw RequestException.NotFound($"'{http.Request.RouteValues[name]}' is no id");

    /// <summary>Answers with JSON.</summary>
    public static Task Answer<T>(this HttpContext http, T value, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        return ServiceJson.WriteAsync(http, value);
    }
}
