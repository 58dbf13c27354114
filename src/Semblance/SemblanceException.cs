namespace Semblance;

/// <summary>
/// The base of every error that is raised on purpose. The message names the input and what is wrong with it; what to do about it is
/// <see cref="Remedy"/>, in words that fit every program: no command, no option.
/// </summary>
public abstract class SemblanceException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Names the input and what is wrong.</param>
    /// <param name="inner">What caused it.</param>
    protected SemblanceException(string message, Exception? inner = null)
        : base(message, inner) { }

    /// <summary>A short, stable, kebab-case name for programs: the <c>code</c> of JSON errors.</summary>
    public abstract string Code { get; }

    /// <summary>What kind of error it is; mapped once by every program.</summary>
    public abstract ErrorCategory Category { get; }

    /// <summary>What to do about it, without a full stop; null where nothing can be said.</summary>
    public string? Remedy { get; init; }

    /// <summary>The message and, after a semicolon, the remedy.</summary>
    public string Advice => Remedy is null ? Message : $"{Message}; {Remedy}";
}
