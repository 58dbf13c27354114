using Semblance.Cli.Commands.Gallery;
using Semblance.Gallery;

namespace Semblance.Cli.Commands.Albums;

/// <summary>An analyzer, and the gallery that it came with.</summary>
internal sealed class OpenAlbum(IFaceAnalyzer? own, OpenGallery? open) : IAsyncDisposable
{
    public IFaceAnalyzer Analyzer => own ?? open!.Analyzer;

    public FaceGallery? Gallery => open?.Gallery;

    public async ValueTask DisposeAsync()
    {
        own?.Dispose();
        if (open is not null)
            await open.DisposeAsync().ConfigureAwait(false);
    }
}
