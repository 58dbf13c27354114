namespace Semblance;

/// <summary>Options are wrong; all that is wrong with them is named at once.</summary>
public sealed class InvalidOptionsException : SemblanceException
{
    /// <summary>Creates the error.</summary>
    /// <param name="options">Name of the options, e.g. that of their type.</param>
    /// <param name="problems">What is wrong, each naming its option and what is needed; at least one.</param>
    public InvalidOptionsException(string options, IReadOnlyList<string> problems)
        : base($"wrong {options}: {string.Join("; ", problems ?? [])}") => Problems = problems ?? [];

    /// <summary>What is wrong, each naming its option and what is needed.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <inheritdoc/>
    public override string Code => "invalid-options";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.Usage;

    /// <summary>Throws when there are problems.</summary>
    /// <param name="options">Name of the options.</param>
    /// <param name="problems">What is wrong; none is fine.</param>
    public static void ThrowIfAny(string options, IReadOnlyList<string> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        if (problems.Count > 0)
            throw new InvalidOptionsException(options, problems);
    }
}
