using Semblance.Geometry;

namespace Semblance.Gallery.Clustering;

/// <summary>A face as it stands in <c>clusters.json</c>.</summary>
/// <param name="Face">Its row in <c>faces.npy</c>.</param>
/// <param name="Input">The picture it is on.</param>
/// <param name="Box">Where on the picture.</param>
/// <param name="Score">The detector's score.</param>
/// <param name="Norm">Length of the embedding before normalising.</param>
/// <param name="Quality">How usable it is, 0 to 1.</param>
/// <param name="Crop">The aligned crop, relative to the folder.</param>
public sealed record ClusteredFace(int Face, string Input, FaceBox Box, float Score, float Norm, double Quality, string Crop);
