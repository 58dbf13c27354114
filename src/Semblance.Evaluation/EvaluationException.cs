namespace Semblance.Evaluation;

/// <summary>A labels file is wrong, or there is too little to measure. Names the file and line.</summary>
public sealed class EvaluationException : Exception
{
    /// <summary>Creates the error.</summary>
    public EvaluationException(string message, Exception? inner = null)
        : base(message, inner) { }
}
