namespace Semblance.Gallery.Clustering;

/// <summary>How far the clustering of pictures is.</summary>
/// <param name="Stage">What is done.</param>
/// <param name="Done">How many pictures or sheets are.</param>
/// <param name="Total">Of how many; 0 where that is not known.</param>
public readonly record struct ClusteringProgress(ClusteringStage Stage, int Done, int Total);

/// <summary>Stages of the clustering of pictures.</summary>
public enum ClusteringStage
{
    /// <summary>Faces are found and embedded.</summary>
    Embedding,

    /// <summary>Contact sheets are drawn.</summary>
    Drawing,
}
