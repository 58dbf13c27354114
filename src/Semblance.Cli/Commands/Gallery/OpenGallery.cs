using Semblance.Gallery;

namespace Semblance.Cli.Commands.Gallery;

/// <summary>A gallery and the analyzer that makes embeddings of its contract.</summary>
internal sealed record OpenGallery(FaceGallery Gallery, FaceAnalyzer Analyzer) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        Analyzer.Dispose();
        await Gallery.DisposeAsync().ConfigureAwait(false);
    }
}
