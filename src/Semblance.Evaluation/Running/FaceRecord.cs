using System.Text.Json.Serialization;
using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Geometry;

namespace Semblance.Evaluation.Running;

/// <summary>What was found on a picture that is evaluated: the chosen face, no face, or that it cannot be read.</summary>
public sealed record FaceRecord
{
    /// <summary>Faces found; 0 where there is none or the picture cannot be read.</summary>
    public int FacesFound { get; init; }

    /// <summary>Left, top, width and height of the chosen face in pixels; null without a face.</summary>
    public float[]? Box { get; init; }

    /// <summary>x and y of right eye, left eye, nose tip, right and left mouth corner in pixels; null without a face.</summary>
    public float[]? Landmarks { get; init; }

    /// <summary>The detector's score of the chosen face.</summary>
    public float Score { get; init; }

    /// <summary>How usable the face is, 0 to 1; null without a face.</summary>
    public double? Quality { get; init; }

    /// <summary>What lowers the quality, in words.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Components of the unit vector as bytes; null without a face.</summary>
    public byte[]? Vector { get; init; }

    /// <summary>Length of the vector before it was made 1.</summary>
    public float Norm { get; init; }

    /// <summary>Catalogue id of the embedder.</summary>
    public string? Model { get; init; }

    /// <summary>Which vectors it may be compared with.</summary>
    public string? Contract { get; init; }

    /// <summary>Milliseconds of reading and decoding, detecting, aligning, embedding.</summary>
    public double[]? Milliseconds { get; init; }

    /// <summary>Why the picture cannot be read; null where it can. Such results are not kept.</summary>
    public string? Unreadable { get; init; }

    /// <summary>The chosen face; null without one.</summary>
    [JsonIgnore]
    public DetectedFace? Face => Box is { } box ? FaceValues.Read([.. box, Score, .. Landmarks!]) : null;

    /// <summary>The embedding; null without a face.</summary>
    [JsonIgnore]
    public FaceEmbedding? Embedding =>
        Vector is null
            ? null
            : new(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(Vector).ToArray(), Norm, Model!, Contract!);

    /// <summary>The outcome of an analysis.</summary>
    /// <param name="analysis">With the embedding of one face.</param>
    public static FaceRecord Of(ImageAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        if (analysis.Error is { } error)
            return new() { Unreadable = error.Message };
        AnalyzedFace? face = analysis.Faces!.FirstOrDefault(face => face.Embedding is not null);
        if (face is null)
            return new() { FacesFound = analysis.Faces!.Count };
        FaceBox box = face.Box;
        StageTimings timings = analysis.Timings ?? new();
        return new()
        {
            FacesFound = analysis.Faces!.Count,
            Box = [box.X, box.Y, box.Width, box.Height],
            Landmarks = [.. Enumerable.Range(0, FaceLandmarks.Count).SelectMany(i => new[] { face.Landmarks[i].X, face.Landmarks[i].Y })],
            Score = face.Score,
            Quality = face.Quality?.Score,
            Reasons = face.Quality?.Reasons ?? [],
            Vector = System.Runtime.InteropServices.MemoryMarshal.AsBytes(face.Embedding!.Vector.Span).ToArray(),
            Norm = face.Embedding.Norm,
            Model = face.Embedding.Model,
            Contract = face.Embedding.Contract,
            Milliseconds = [timings.Decode, timings.Detect, timings.Align ?? 0, timings.Embed ?? 0],
        };
    }

    /// <summary>The outcome of embedding an aligned crop.</summary>
    /// <param name="embedding">Its embedding.</param>
    public static FaceRecord Of(FaceEmbedding embedding)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        return new()
        {
            FacesFound = 1,
            Vector = System.Runtime.InteropServices.MemoryMarshal.AsBytes(embedding.Vector.Span).ToArray(),
            Norm = embedding.Norm,
            Model = embedding.Model,
            Contract = embedding.Contract,
        };
    }
}
