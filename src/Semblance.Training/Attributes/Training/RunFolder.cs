using System.Text.Json;
using Semblance.Training.Attributes.Networks;

namespace Semblance.Training.Attributes.Training;

/// <summary>
/// A run's files: the checkpoint of the last epoch, the best weights, and <c>metrics.jsonl</c>. Everything is written to a temporary name and then moved, so
/// that a full disk or an interruption leaves the previous checkpoint whole.
/// </summary>
internal sealed class RunFolder
{
    private readonly string _folder;

    public RunFolder(string folder)
    {
        _folder = folder;
        Guard(folder, () => Directory.CreateDirectory(folder));
    }

    private string CheckpointFolder => Path.Combine(_folder, "checkpoint");

    private string BestPath => Path.Combine(_folder, "best.weights");

    /// <summary>Keeps the state after an epoch.</summary>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; the checkpoint before is whole.</exception>
    public void Save(AttributeNetwork network, DecoupledAdam optimizer, RunningAverage average, RunState state)
    {
        string next = CheckpointFolder + ".new";
        Guard(next, () =>
        {
            if (Directory.Exists(next)) Directory.Delete(next, recursive: true);
            Directory.CreateDirectory(next);
            TensorFile.Write(Path.Combine(next, "weights"), [.. network.parameters()]);
            TensorFile.Write(Path.Combine(next, "average"), average.Averages);
            TensorFile.Write(Path.Combine(next, "moments"), optimizer.Moments);
            File.WriteAllText(Path.Combine(next, "state.json"), JsonSerializer.Serialize(state));
            if (Directory.Exists(CheckpointFolder)) Directory.Delete(CheckpointFolder, recursive: true);
            Directory.Move(next, CheckpointFolder);
        });
    }

    /// <summary>Brings everything back to the last checkpoint.</summary>
    /// <exception cref="TrainingException">There is none.</exception>
    public RunState Restore(AttributeNetwork network, DecoupledAdam optimizer, RunningAverage average)
    {
        // An interruption between removing the old checkpoint and naming the new one leaves the new one under its first name.
        string folder = Directory.Exists(CheckpointFolder) ? CheckpointFolder : CheckpointFolder + ".new";
        string file = Path.Combine(folder, "state.json");
        if (!File.Exists(file)) throw new TrainingException($"{_folder}: no checkpoint to go on from; leave --resume out to start anew");
        RunState? state = null;
        Guard(folder, () =>
        {
            TensorFile.Read(Path.Combine(folder, "weights"), [.. network.parameters()]);
            TensorFile.Read(Path.Combine(folder, "average"), average.Averages);
            TensorFile.Read(Path.Combine(folder, "moments"), optimizer.Moments);
            state = JsonSerializer.Deserialize<RunState>(File.ReadAllText(file));
            optimizer.Steps = state?.Steps ?? 0;
        });
        return state ?? throw new TrainingException($"{file}: empty");
    }

    /// <summary>Keeps the weights of the best epoch.</summary>
    public void SaveBest(AttributeNetwork network) => Guard(BestPath, () =>
    {
        TensorFile.Write(BestPath + ".new", [.. network.parameters()]);
        File.Move(BestPath + ".new", BestPath, overwrite: true);
    });

    /// <summary>Loads the weights of the best epoch.</summary>
    public void LoadBest(AttributeNetwork network) => Guard(BestPath, () => TensorFile.Read(BestPath, [.. network.parameters()]));

    /// <summary>Adds a line to the metrics.</summary>
    public void AppendMetrics(string task, int epoch, int side, double loss, double seconds, IReadOnlyDictionary<string, double> figures)
    {
        string path = Path.Combine(_folder, "metrics.jsonl");
        string line = JsonSerializer.Serialize(new { task, epoch = epoch + 1, side, loss, seconds, validation = figures });
        Guard(path, () => File.AppendAllText(path, line + "\n"));
    }

    private static void Guard(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path}: {e.Message}; the checkpoint before it is whole, go on with --resume when there is room", e);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            throw new TrainingException($"{path}: {e.Message}; leave --resume out to start anew", e);
        }
    }
}
