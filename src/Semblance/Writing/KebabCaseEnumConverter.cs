using System.Text.Json;
using System.Text.Json.Serialization;

namespace Semblance.Writing;

/// <summary>Writes and reads enum members in kebab-case.</summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class KebabCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower)
    where T : struct, Enum;
