namespace Semblance.Models.Pulling;

/// <summary>A model could not be downloaded: no network, a server's error, a wrong hash, a full disk. Nothing of it is used.</summary>
public sealed class PullException : SemblanceException
{
    /// <summary>Creates the error.</summary>
    public PullException(string model, string problem, Exception? inner = null)
        : base($"model '{model}' was not pulled: {problem}", inner) => Model = model;

    /// <summary>Catalogue id.</summary>
    public string Model { get; }

    /// <inheritdoc/>
    public override string Code => "pull";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.Network;
}
