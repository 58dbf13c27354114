using Microsoft.AspNetCore.Http;
using Semblance.Server.Failures;
using Semblance.Server.Hosting;

namespace Semblance.Server.DeepFace;

/// <summary>DeepFace's errors: <c>error</c> and <c>exception</c>, since clients read either, without the traceback that the original leaks;
/// 401 has
/// <c>message</c>.</summary>
internal sealed class DeepFaceErrors : IErrorForm
{
    public static DeepFaceErrors Instance { get; } = new();

    public Task WriteAsync(HttpContext http, Failure failure)
    {
        // Its clients know 400 for everything that is wrong with a picture or a request.
        http.Response.StatusCode = failure.Status is 404 or 409 or 413 or 415 or 422 ? 400 : failure.Status;
        return failure.Status == 401
            ? ServiceJson.WriteAsync(http, new { message = failure.Detail })
            : ServiceJson.WriteAsync(http, new { error = failure.Detail, exception = failure.Detail });
    }
}
