namespace Semblance.Models.Importing;

/// <summary>What can be told of a licence by its name.</summary>
public static class LicenseTerms
{
    private static readonly HashSet<string> Permissive = new(StringComparer.OrdinalIgnoreCase)
    {
        "MIT",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "MPL-2.0",
        "CC0-1.0",
        "CC-BY-4.0",
        "CC-BY-SA-4.0",
        "Unlicense",
    };

    private static readonly string[] Forbidding = ["non-commercial", "noncommercial", "-NC", "research only"];

    /// <summary>Whether a licence permits commercial use; null for one that is not known.</summary>
    /// <param name="license">An SPDX id, or a short statement.</param>
    public static bool? PermitCommercialUse(string license)
    {
        if (Permissive.Contains(license.Trim()))
            return true;
        return Forbidding.Any(word => license.Contains(word, StringComparison.OrdinalIgnoreCase)) ? false : null;
    }
}
