using Microsoft.AspNetCore.Http;
using Semblance.Server.Failures;

namespace Semblance.Server.Keys;

/// <summary>Finds out who asks, and whether they may.</summary>
internal sealed class KeyCheck(KeyRing keys, KeyLimits limits)
{
    private const string Header = "X-Api-Key",
        Bearer = "Bearer ";

    /// <summary>Lets a request through or refuses it before its body is looked at.</summary>
    public Task Check(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<RequiredRoles>() is not { Open: false, Deferred: false } required)
            return next(http);
        http.Features.Set(Admit(Sent(http), required));
        return next(http);
    }

    /// <summary>Who sent a text as key.</summary>
    /// <exception cref="RequestException">Nobody has it, it does not have the role, or it was used too often.</exception>
    public Caller Admit(string? sent, RequiredRoles required)
    {
        if (!keys.IsLocked)
        {
            limits.Take(Caller.Keyless);
            return Caller.Keyless;
        }
        Caller caller = (sent is null ? null : keys.Find(sent))
            ?? throw new RequestException(
                401,
                "unauthorised",
                sent is null ? $"a key is needed: 'Authorization: Bearer KEY' or '{Header}: KEY'" : "the key is not known"
            );
        limits.Take(caller);
        if (required.Roles != KeyRoles.None && (caller.Roles & required.Roles) == 0)
            throw new RequestException(
                403,
                "forbidden",
                $"the key '{caller.Name}' does not have the role {string.Join(" or ", RoleNames.Of(required.Roles))}"
            );
        if (caller.CompreFace is { } service && service != required.CompreFace)
            throw new RequestException(
                403,
                "forbidden",
                $"the key '{caller.Name}' is for the service {service.ToString().ToLowerInvariant()} alone"
            );
        return caller;
    }

    /// <summary>Whether the key of a request that still runs is as it was when the request was let through: neither revoked, nor expired,
    /// nor with other roles.</summary>
    public bool StillHolds(HttpContext http) => !keys.IsLocked || (Sent(http) is { } sent && keys.Find(sent) == CallerOf(http));

    /// <summary>Who sent a request that was let through.</summary>
    public static Caller CallerOf(HttpContext http) => http.Features.Get<Caller>() ?? Caller.Keyless;

    /// <summary>The key as the headers carry it; null for none.</summary>
    public static string? Sent(HttpContext http)
    {
        if (http.Request.Headers[Header] is [{ Length: > 0 } key, ..])
            return key;
        return http.Request.Headers.Authorization is [{ } value, ..] && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? value[Bearer.Length..].Trim()
            : null;
    }
}
