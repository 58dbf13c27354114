namespace Semblance.Runtime;

/// <summary>A processor that was asked for is not there or cannot be used. Nothing ran elsewhere instead.</summary>
public sealed class ExecutionProviderException : SemblanceException
{
    /// <summary>Creates the error.</summary>
    public ExecutionProviderException(ExecutionProvider provider, string problem, Exception? inner = null)
        : base($"device '{ExecutionProviders.NameOf(provider)}' {problem}", inner) => Provider = provider;

    /// <summary>What was asked for.</summary>
    public ExecutionProvider Provider { get; }

    /// <inheritdoc/>
    public override string Code => "execution-provider";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.Model;
}
