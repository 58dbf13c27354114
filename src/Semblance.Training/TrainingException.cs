namespace Semblance.Training;

/// <summary>Training cannot start or go on; the message names the input and says what to change.</summary>
internal sealed class TrainingException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="inner">What caused it.</param>
    public TrainingException(string message, Exception? inner = null)
        : base(message, inner) { }
}
