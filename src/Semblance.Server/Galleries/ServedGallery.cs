using Semblance.Gallery;
using Semblance.Gallery.Enrolling;

namespace Semblance.Server.Galleries;

/// <summary>A gallery that is served, with the analyzer that makes embeddings of its contract.</summary>
/// <param name="Name">What requests call it.</param>
/// <param name="Gallery">The gallery.</param>
/// <param name="Analyzer">Finds and embeds faces for it.</param>
internal sealed record ServedGallery(string Name, FaceGallery Gallery, FaceAnalyzer Analyzer)
{
    /// <summary>Whether its references were measured against another cohort than the embedder's.</summary>
    public bool NeedsUpgrade => Gallery.Settings.Contract.Cohort != Analyzer.Matcher.Cohort?.Id;

    /// <summary>Reads photographs for enrolment.</summary>
    public PhotoReader Reader(FaceChoice choice, QualityGate gate, RequestLimits limits) =>
        new(
            Analyzer,
            new()
            {
                Face = choice,
                Gate = gate,
                KeepCrops = Gallery.Settings.KeepCrops,
                Decoding = new() { PixelLimit = limits.Pixels, ByteLimit = limits.PictureBytes },
            }
        );
}
