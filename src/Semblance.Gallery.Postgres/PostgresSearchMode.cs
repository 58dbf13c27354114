namespace Semblance.Gallery.Postgres;

/// <summary>How the server finds similar faces.</summary>
public enum PostgresSearchMode
{
    /// <summary>Exact up to <see cref="PostgresAddress.LargestExactGallery"/> references, as the server estimates them, HNSW
    /// above.</summary>
    Auto,

    /// <summary>Every reference is compared.</summary>
    Exact,

    /// <summary>By the HNSW index: fast, and now and then a person is missed (docs/postgres.md has figures).</summary>
    Hnsw,
}
