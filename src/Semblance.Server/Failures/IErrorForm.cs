using Microsoft.AspNetCore.Http;

namespace Semblance.Server.Failures;

/// <summary>How a family of routes words errors; metadata of its endpoints.</summary>
internal interface IErrorForm
{
    /// <summary>Writes status, headers and body.</summary>
    Task WriteAsync(HttpContext http, Failure failure);
}
