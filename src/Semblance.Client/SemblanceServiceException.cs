using System.Net;
using System.Text.Json;

namespace Semblance.Client;

/// <summary>The service refused a request: its problem document.</summary>
public sealed class SemblanceServiceException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="code">Stable name for programs, e.g. <c>no-face</c>.</param>
    /// <param name="detail">In words.</param>
    /// <param name="requestId">Names the request in the service's logs.</param>
    public SemblanceServiceException(HttpStatusCode status, string code, string detail, string? requestId)
        : base(detail) => (Status, Code, RequestId) = (status, code, requestId);

    /// <summary>HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>Stable name for programs, e.g. <c>no-face</c>.</summary>
    public string Code { get; }

    /// <summary>Names the request in the service's logs; null when it did not get that far.</summary>
    public string? RequestId { get; }

    internal static async Task ThrowIfRefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return;
        string text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        string code = "http",
            detail = $"the service answered {(int)response.StatusCode}";
        string? requestId = null;
        try
        {
            using JsonDocument problem = JsonDocument.Parse(text);
            code = Member(problem, "code") ?? code;
            detail = Member(problem, "detail") ?? detail;
            requestId = Member(problem, "requestId");
        }
        catch (JsonException)
        {
            // Something between here and the service answered.
        }
        throw new SemblanceServiceException(response.StatusCode, code, detail, requestId);
    }

    private static string? Member(JsonDocument problem, string name) =>
        problem.RootElement.ValueKind == JsonValueKind.Object
        && problem.RootElement.TryGetProperty(name, out JsonElement member)
        && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;
}
