namespace Semblance;

/// <summary>The base of every error that Semblance raises on purpose. The message names the input and what to do.</summary>
public abstract class SemblanceException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Names the input and what to do.</param>
    /// <param name="inner">What caused it.</param>
    protected SemblanceException(string message, Exception? inner = null)
        : base(message, inner) { }

    /// <summary>A short, stable, kebab-case name for programs: the <c>code</c> of JSON errors.</summary>
    public abstract string Code { get; }
}
