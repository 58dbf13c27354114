namespace Semblance.Conversion;

/// <summary>A network file cannot be read or converted. The message says what is wrong and where.</summary>
public sealed class ConversionException : SemblanceException
{
    /// <summary>Creates the error.</summary>
    public ConversionException(string message, Exception? inner = null)
        : base(message, inner) { }

    /// <inheritdoc/>
    public override string Code => "conversion";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.Model;
}
