namespace Semblance.Models;

/// <summary>The packages that bring models, so that a message can name the one that is missing.</summary>
internal static class ModelPackages
{
    private static readonly (string Package, string[] Models)[] Contents =
    [
        ("Semblance.Models", ["blazeface-full", "blazeface-short", "head-pose", "landmarks-68", "mobilefacenet-512", "mtcnn"]),
        ("Semblance.Models.Research", ["age-gender", "emotion", "retinaface-wider"]),
    ];

    /// <summary>The package that brings a model; null when none does.</summary>
    public static string? Of(string id) => Contents.FirstOrDefault(package => package.Models.Contains(id, StringComparer.Ordinal)).Package;
}
