using Microsoft.AspNetCore.Http;
using Semblance.Server.Access;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;

namespace Semblance.Server.Api;

/// <summary>Entries of the access log for a request.</summary>
internal static class Accesses
{
    public static AccessEntry Of(HttpContext http, ServedGallery served, string action, IReadOnlyList<Guid> people, int? faces = null) =>
        new(DateTimeOffset.UtcNow, RequestIds.Of(http), KeyCheck.CallerOf(http).Id, served.Name, action, people, faces);
}
