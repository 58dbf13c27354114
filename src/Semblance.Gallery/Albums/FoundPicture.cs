using Semblance.Geometry;
using Semblance.Matching;

namespace Semblance.Gallery.Albums;

/// <summary>A picture that shows, or may show, who was looked for.</summary>
/// <param name="Picture">The file.</param>
/// <param name="Face">The most similar of its faces, counted from 1 as in the analysis of the picture.</param>
/// <param name="Box">Where that face is.</param>
/// <param name="Decision">How similar it is, and whether that is enough.</param>
public sealed record FoundPicture(string Picture, int Face, FaceBox Box, MatchDecision Decision);
