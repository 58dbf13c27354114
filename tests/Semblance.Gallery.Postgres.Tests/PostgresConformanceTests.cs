using Semblance.Gallery.Conformance;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Postgres.Tests;

/// <summary>Exact search, as it is the default for small galleries.</summary>
public sealed class PostgresConformanceTests(PostgresServer server) : GalleryConformance
{
    /// <summary>A WebAssembly backend takes about 100 times as long for an operation as a server.</summary>
    private const int OperationsOnOneBackend = 1000,
        PeopleOnOneBackend = 5;

    protected override GalleryStores Stores { get; } = new(new PostgresGalleryProvider());

    protected override bool Encrypts => false;

    protected override int RandomOperations => server.HasOneBackend ? OperationsOnOneBackend : base.RandomOperations;

    protected override int PeopleAWriter => server.HasOneBackend ? PeopleOnOneBackend : base.PeopleAWriter;

    protected override string NewAddress() => "postgres:" + server.NewLocation();
}
