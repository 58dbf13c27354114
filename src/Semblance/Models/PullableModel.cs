namespace Semblance.Models;

/// <summary>A model that can be downloaded: one ONNX file, and everything about it that is known beforehand.</summary>
/// <param name="Address">Below the base address of the catalogue.</param>
/// <param name="Manifest">What becomes its <c>model.json</c>; the hash in it is what the download must have.</param>
public sealed record PullableModel(string Address, ModelManifest Manifest)
{
    /// <summary>About how large the file is, in millions of bytes; null when that is not known.</summary>
    public double? Megabytes { get; init; }

    /// <summary>The same in bytes.</summary>
    public long? Bytes => Megabytes is { } megabytes ? (long)(megabytes * 1e6) : null;

    /// <summary>Catalogue id.</summary>
    public string Id => Manifest.Id;

    /// <summary>Lower case hexadecimal SHA-256 of the file.</summary>
    public string Sha256 => Manifest.Files[InstalledModel.SingleRole].Sha256;
}
