using Semblance.Gallery;
using Semblance.Gallery.Enrolling;
using Semblance.Gallery.Identifying;
using Semblance.Server.Bodies;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;

namespace Semblance.Server.Api;

/// <summary>Keeps unknown faces of searches in groups, where they are good enough to be recognised again.</summary>
internal sealed class StrangerKeeper(ServiceParts parts, ServedGallery served)
{
    /// <summary>Keeps the unknown faces of a picture.</summary>
    /// <returns>What became of each that was kept, by its place among the faces.</returns>
    public async Task<IReadOnlyDictionary<int, StrangerSighting>> KeepAsync(
        Upload upload,
        ImageAnalysis analysis,
        IReadOnlyList<Identification> answers
    )
    {
        List<int> places = [];
        List<ReferenceDraft> drafts = [];
        for (int i = 0; i < answers.Count; i++)
        {
            AnalyzedFace face = analysis.Faces![i];
            if (answers[i].Unknown is null || face.Crop is not { } crop || QualityGate.Default.Judge(face.Quality!).Count > 0)
                continue;
            places.Add(i);
            drafts.Add(
                new(face.Embedding!)
                {
                    Quality = Math.Round(face.Quality!.Score, 4),
                    Source = upload.Name,
                    SourceHash = PhotoReader.HashOf(upload.Bytes.Span),
                    Crop = served.Gallery.Settings.KeepCrops ? CropPng.Encode(crop) : default,
                }
            );
        }
        if (drafts.Count == 0)
            return new Dictionary<int, StrangerSighting>();
        IReadOnlyList<StrangerSighting> sightings = await served
            .Gallery.KeepStrangersAsync(
                drafts,
                new() { Lifetime = TimeSpan.FromDays(parts.Options.StrangerDays!.Value) },
                CancellationToken.None
            )
            .ConfigureAwait(false);
        return places.Zip(sightings).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}
