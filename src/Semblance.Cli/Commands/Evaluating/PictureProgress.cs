using Semblance.Cli.Output;
using Semblance.Evaluation;

namespace Semblance.Cli.Commands.Evaluating;

/// <summary>A progress bar for pictures that are worked through, with an estimate of the time left; begins anew with every set.</summary>
internal sealed class PictureProgress(string what, bool quiet) : IProgress<EvaluationProgress>, IDisposable
{
    private readonly Lock _gate = new();
    private Progress? _bar;
    private int _total;
    private int _last;

    public void Report(EvaluationProgress value)
    {
        lock (_gate)
        {
            if (_bar is null || value.Total != _total || value.Done < _last / 2)
            {
                _bar?.Dispose();
                (_bar, _total) = (new(what, value.Total, quiet), value.Total);
            }
            _last = value.Done;
            _bar.Advance();
        }
    }

    public void Dispose() => _bar?.Dispose();
}
