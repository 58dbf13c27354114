using System.Globalization;

namespace Semblance.Cli.Output;

/// <summary>Numbers with their noun.</summary>
internal static class Counted
{
    /// <summary>"1 reference", "2 references".</summary>
    public static string Of(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
