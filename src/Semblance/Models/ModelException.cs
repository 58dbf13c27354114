namespace Semblance.Models;

/// <summary>A model cannot be used: its manifest, hash or shape is wrong, or it is not installed.</summary>
public sealed class ModelException : SemblanceException
{
    /// <summary>Creates the error.</summary>
    public ModelException(string model, string problem, Exception? inner = null)
        : base($"model '{model}': {problem}", inner) => Model = model;

    /// <summary>Catalogue id or path of the model.</summary>
    public string Model { get; }

    /// <summary>Whether the model is not installed and the catalogue says where it can be downloaded.</summary>
    public bool IsPullable { get; init; }

    /// <summary>Whether no thresholds were measured for the model, and some are needed.</summary>
    public bool IsUncalibrated { get; init; }

    /// <inheritdoc/>
    public override string Code => "model";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.Model;
}
