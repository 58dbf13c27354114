using Semblance.Gallery.Conformance;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.VectorData.Tests;

public sealed class VectorDataConformanceTests : GalleryConformance
{
    private static readonly MemoryVectorStore Vectors = new();

    protected override GalleryStores Stores { get; } = new(new VectorDataGalleryProvider(Vectors));

    /// <summary>One process at a time writes.</summary>
    protected override bool Shares => false;

    protected override bool Encrypts => false;

    protected override bool KeepsNotes => false;

    protected override string NewAddress() => $"vectordata:people-{Guid.NewGuid():N}";
}
