using Semblance.Evaluation.Speed;
using Semblance.Runtime;

namespace Semblance.Benchmarks;

/// <summary>Keeps the network runs of a line on one thread, to replay them through the bare runtime.</summary>
internal sealed class RunRecorder
{
    private readonly List<RecordedRun> _runs = [];
    private bool _recording;

    /// <summary>What the line must be built with.</summary>
    public ExecutionOptions Execution =>
        new()
        {
            Threads = 1,
            Tap = run =>
            {
                if (_recording)
                    _runs.Add(RecordedRun.Of(run));
            },
        };

    /// <summary>The runs that something makes.</summary>
    public RecordedRun[] Record(Action action)
    {
        _recording = true;
        action();
        _recording = false;
        RecordedRun[] recorded = [.. _runs];
        _runs.Clear();
        return recorded;
    }
}
