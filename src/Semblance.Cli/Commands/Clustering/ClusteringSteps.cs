using Semblance.Cli.Output;
using Semblance.Gallery.Clustering;

namespace Semblance.Cli.Commands.Clustering;

/// <summary>Shows how far a clustering is: pictures first, then contact sheets.</summary>
internal sealed class ClusteringSteps(int pictures, bool quiet) : IProgress<ClusteringProgress>, IDisposable
{
    private readonly Progress _embedding = new("embedding", pictures, quiet);
    private Progress? _drawing;

    public void Report(ClusteringProgress value)
    {
        if (value.Stage == ClusteringStage.Embedding)
        {
            _embedding.Advance();
            return;
        }
        if (_drawing is null)
        {
            _embedding.Dispose();
            _drawing = new("drawing", value.Total, quiet);
        }
        _drawing.Advance();
    }

    public void Dispose()
    {
        _embedding.Dispose();
        _drawing?.Dispose();
    }
}
