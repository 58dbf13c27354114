using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Semblance.Server.Hosting;

/// <summary>An answer in JSON that can be given again.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Body">Its body.</param>
/// <param name="Person">Whom it is about, so that it is forgotten with them; null for nobody.</param>
internal sealed record RememberedAnswer(int Status, JsonObject Body, Guid? Person)
{
    /// <summary>Answers.</summary>
    public Task WriteAsync(HttpContext http)
    {
        http.Response.StatusCode = Status;
        return ServiceJson.WriteAsync(http, Body, Status < 400 ? "application/json" : "application/problem+json");
    }
}
