using System.Net;
using Microsoft.AspNetCore.Http;
using Semblance.Server.Failures;

namespace Semblance.Server.Hosting;

/// <summary>
/// Keeps pages of other sites away from the service. A page that rebinds its own name to this address sends that name as Host; a page that
/// sends a form or an image sends its own Origin, or says that it is another site (Sec-Fetch-Site).
/// </summary>
internal sealed class HostGuard(ServiceOptions options)
{
    private readonly HashSet<string> _hosts = new(options.Hosts, StringComparer.OrdinalIgnoreCase);

    // With keys a name cannot do harm by itself, and behind a balancer it can be any; without them only names that nobody can rebind.
    private readonly bool _anyHost = options.KeysFile is not null && options.Hosts.Count == 0;

    public Task Check(HttpContext http, RequestDelegate next)
    {
        HostString host = http.Request.Host;
        if (!IsExpected(host.Host))
            throw new RequestException(
                421,
                "host",
                $"this service does not answer to the name '{Shorten(host.Host)}'; its operator can allow it with the option hosts"
            );
        if (http.Request.Headers.Origin is [{ Length: > 0 } origin, ..] && !IsSame(origin, host))
            throw new RequestException(403, "origin", "pages of other sites may not use this service");
        if (http.Request.Headers["Sec-Fetch-Site"] is ["cross-site" or "same-site", ..] && !IsVisit(http.Request))
            throw new RequestException(403, "origin", "pages of other sites may not use this service");
        return next(http);
    }

    private bool IsExpected(string host)
    {
        if (_anyHost)
            return true;
        if (_hosts.Contains(host) || host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return true;
        return IPAddress.TryParse(host.Trim('[', ']'), out _);
    }

    private static bool IsSame(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? from)
        && from.Scheme is "http" or "https"
        && string.Equals(from.Authority, WithoutDefaultPort(from.Scheme, host), StringComparison.OrdinalIgnoreCase);

    private static string WithoutDefaultPort(string scheme, HostString host) =>
        host.Port is 80 && scheme == "http" || host.Port is 443 && scheme == "https" ? host.Host : host.Value ?? "";

    /// <summary>Somebody followed a link to the page itself.</summary>
    private static bool IsVisit(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers["Sec-Fetch-Mode"] is ["navigate", ..]
        && request.Headers["Sec-Fetch-Dest"] is ["document", ..];

    private static string Shorten(string text) => text.Length > 80 ? text[..80] + "…" : text;
}
