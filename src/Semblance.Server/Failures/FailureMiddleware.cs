using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;

namespace Semblance.Server.Failures;

/// <summary>Turns errors into answers in the form of the route that was asked.</summary>
internal sealed partial class FailureMiddleware(RequestDelegate next, ServiceMetrics metrics, ILogger<FailureMiddleware> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http).ConfigureAwait(false);
            if (
                http.Response is { StatusCode: 404 or 405, HasStarted: false }
                && http.GetEndpoint()?.Metadata.GetMetadata<RequiredRoles>() is null
            )
                await WriteAsync(http, Unrouted(http)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody reads an answer.
            if (!http.Response.HasStarted)
                http.Response.StatusCode = 499;
        }
        catch (Exception e)
        {
            Failure failure = FailureMap.Of(e);
            if (failure.Status >= 500)
                LogFailure(e, http.Request.Method, RequestIds.Of(http));
            metrics.CountFailure(failure.Code);
            if (http.Response.HasStarted)
            {
                http.Abort();
                return;
            }
            await WriteAsync(http, failure).ConfigureAwait(false);
        }
    }

    private static Failure Unrouted(HttpContext http) =>
        http.Response.StatusCode == 405
            ? new(405, "method-not-allowed", $"{http.Request.Method} is not possible here")
            : new(404, "not-found", "there is no such route; /openapi/v1.json lists them");

    private static Task WriteAsync(HttpContext http, Failure failure)
    {
        if (failure.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (failure.Status == 401)
            http.Response.Headers.WWWAuthenticate = "Bearer";
        IErrorForm form = http.GetEndpoint()?.Metadata.GetMetadata<IErrorForm>() ?? ProblemForm.Instance;
        return form.WriteAsync(http, failure);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} failed, request {RequestId}")]
    private partial void LogFailure(Exception error, string method, string requestId);
}
