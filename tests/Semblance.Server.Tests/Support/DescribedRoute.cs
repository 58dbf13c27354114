using System.Text.Json;
using Semblance.Server.Keys;

namespace Semblance.Server.Tests.Support;

/// <summary>A route as the API's description has it.</summary>
/// <param name="Method">GET, POST, …</param>
/// <param name="Template">Its path, with names of values in braces.</param>
/// <param name="Roles">Roles of which one is enough; all where any key is.</param>
/// <param name="TakesGallery">Whether it can be told which gallery is meant.</param>
internal sealed record DescribedRoute(string Method, string Template, IReadOnlyList<string> Roles, bool TakesGallery)
{
    public override string ToString() => $"{Method} {Template}";

    /// <summary>All routes of the description.</summary>
    public static async Task<IReadOnlyList<DescribedRoute>> ReadAsync(HttpClient http)
    {
        JsonElement document = await http.GetAsync("/openapi/v1.json").JsonAsync();
        return
        [
            .. from path in document.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            select new DescribedRoute(
                operation.Name.ToUpperInvariant(),
                path.Name,
                RolesOf(operation.Value),
                operation.Value.TryGetProperty("parameters", out JsonElement parameters)
                    && parameters.EnumerateArray().Any(parameter => parameter.GetProperty("name").GetString() == "gallery")
            ),
        ];
    }

    /// <summary>Its path with values.</summary>
    public string PathWith(IReadOnlyDictionary<string, string> values)
    {
        string path = Template;
        foreach ((string name, string value) in values)
            path = path.Replace("{" + name + "}", value, StringComparison.Ordinal);
        return path;
    }

    private static string[] RolesOf(JsonElement operation)
    {
        string[] named =
        [
            .. operation
                .GetProperty("security")
                .EnumerateArray()
                .SelectMany(requirement => requirement.GetProperty("key").EnumerateArray())
                .Select(role => role.GetString()!),
        ];
        return named.Length > 0 ? named : [.. RoleNames.All];
    }
}
