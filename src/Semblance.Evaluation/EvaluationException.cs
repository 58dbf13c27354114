namespace Semblance.Evaluation;

/// <summary>A labels file is wrong, or there is too little to measure. Names the file and line.</summary>
public sealed class EvaluationException : SemblanceException
{
    /// <summary>Creates the error.</summary>
    public EvaluationException(string message, Exception? inner = null)
        : base(message, inner) { }

    /// <inheritdoc/>
    public override string Code => "evaluation";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.Usage;
}
