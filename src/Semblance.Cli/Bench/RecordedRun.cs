using Microsoft.ML.OnnxRuntime;
using Semblance.Runtime;

namespace Semblance.Cli.Bench;

/// <summary>One run of a network with its input, to be repeated without anything around it.</summary>
internal sealed record RecordedRun(string ModelPath, float[] Input, long[] Shape)
{
    public static RecordedRun Of(NetworkRun run) => new(run.ModelPath, run.Input.ToArray(), [.. run.Shape]);
}

/// <summary>Bare sessions, set up as the library sets up its own, that repeat recorded runs.</summary>
internal sealed class BareRuntime(ExecutionOptions execution) : IDisposable
{
    private readonly Dictionary<string, InferenceSession> _sessions = [];
    private readonly RunOptions _options = new();

    /// <summary>Loads the networks of runs; returns how long that took in milliseconds.</summary>
    public double Load(IEnumerable<RecordedRun> runs)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        foreach (string path in runs.Select(run => run.ModelPath).Distinct())
        {
            if (_sessions.ContainsKey(path))
                continue;
            using SessionOptions options = SessionSettings.Create(execution);
            _sessions[path] = new(path, options);
        }
        return System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Repeats runs in order.</summary>
    public void Replay(IEnumerable<RecordedRun> runs)
    {
        foreach (RecordedRun run in runs)
        {
            InferenceSession session = _sessions[run.ModelPath];
            using OrtValue input = OrtValue.CreateTensorValueFromMemory(run.Input, run.Shape);
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(
                _options,
                [session.InputNames[0]],
                [input],
                session.OutputNames
            );
        }
    }

    public void Dispose()
    {
        foreach (InferenceSession session in _sessions.Values)
            session.Dispose();
        _options.Dispose();
    }
}
