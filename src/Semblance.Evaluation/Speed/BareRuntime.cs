using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Semblance.Runtime;

namespace Semblance.Evaluation.Speed;

/// <summary>Bare sessions, set up as the library sets up its own, that repeat recorded runs: what the line is measured against.</summary>
/// <param name="execution">Where the networks run and on how many threads.</param>
public sealed class BareRuntime(ExecutionOptions execution) : IDisposable
{
    private readonly Dictionary<string, InferenceSession> _sessions = [];
    private readonly RunOptions _options = new();

    /// <summary>Loads the networks of runs that are not loaded yet.</summary>
    /// <returns>How long that took in milliseconds.</returns>
    public double Load(IEnumerable<RecordedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        long start = Stopwatch.GetTimestamp();
        foreach (string path in runs.Select(run => run.ModelPath).Distinct())
        {
            if (_sessions.ContainsKey(path))
                continue;
            using SessionOptions options = SessionSettings.Create(execution);
            _sessions[path] = new(path, options);
        }
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Repeats runs in order.</summary>
    /// <param name="runs">Of networks that are loaded.</param>
    public void Replay(IEnumerable<RecordedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        foreach (RecordedRun run in runs)
        {
            InferenceSession session = _sessions[run.ModelPath];
            OrtValue[] inputs =
            [
                OrtValue.CreateTensorValueFromMemory(run.Input, run.Shape),
                .. run.Further.Select(further =>
                    OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, further.Values, [.. further.Shape])
                ),
            ];
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(_options, session.InputNames, inputs, session.OutputNames);
            foreach (OrtValue input in inputs)
                input.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (InferenceSession session in _sessions.Values)
            session.Dispose();
        _options.Dispose();
    }
}
