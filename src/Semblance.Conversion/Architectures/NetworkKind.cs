namespace Semblance.Conversion.Architectures;

/// <summary>What a model does.</summary>
public enum NetworkKind
{
    /// <summary>Finds faces.</summary>
    Detector,

    /// <summary>Turns an aligned crop into a vector.</summary>
    Embedder,
}
