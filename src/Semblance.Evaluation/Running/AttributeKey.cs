using System.Text.Json;
using Semblance.Models;

namespace Semblance.Evaluation.Running;

/// <summary>What else than its network the answers of an attribute model depend on.</summary>
internal static class AttributeKey
{
    /// <summary>The settings of a manifest on one line.</summary>
    public static string Of(ModelManifest manifest)
    {
        using JsonDocument whole = JsonDocument.Parse(manifest.ToJsonLine());
        return whole.RootElement.TryGetProperty("attributes", out JsonElement settings) ? settings.GetRawText() : "plain";
    }
}
