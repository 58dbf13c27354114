namespace Semblance.Embedding;

/// <summary>Two embeddings of different contracts were to be compared; the number would mean nothing.</summary>
public sealed class EmbeddingMismatchException : SemblanceException
{
    /// <summary>Creates the error.</summary>
    public EmbeddingMismatchException(string contractA, string contractB)
        : base($"embeddings of '{contractA}' cannot be compared with embeddings of '{contractB}'; embed both pictures with one model") =>
        (ContractA, ContractB) = (contractA, contractB);

    /// <summary>Contract of the first.</summary>
    public string ContractA { get; }

    /// <summary>Contract of the second.</summary>
    public string ContractB { get; }

    /// <inheritdoc/>
    public override string Code => "embedding-mismatch";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.Conflict;
}
