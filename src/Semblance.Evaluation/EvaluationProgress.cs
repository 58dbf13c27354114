namespace Semblance.Evaluation;

/// <summary>How far an evaluation is.</summary>
/// <param name="Done">Pictures done.</param>
/// <param name="Total">Pictures in all.</param>
/// <param name="Image">The picture that was done last.</param>
public sealed record EvaluationProgress(int Done, int Total, string Image);
