using System.Text.Json;
using System.Text.Json.Serialization;

namespace Semblance.Writing;

/// <summary>Writes and reads enum members in camelCase.</summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase)
    where T : struct, Enum;
