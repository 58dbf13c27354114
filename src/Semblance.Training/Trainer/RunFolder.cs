namespace Semblance.Training.Trainer;

/// <summary>Where a run keeps its files.</summary>
/// <param name="Path">The folder; made when it is not there.</param>
internal sealed record RunFolder(string Path)
{
    /// <summary>The newest checkpoint.</summary>
    public string Checkpoint => System.IO.Path.Combine(Path, "checkpoint.safetensors");

    /// <summary>The network with the best figures so far.</summary>
    public string Best => System.IO.Path.Combine(Path, "best.safetensors");

    /// <summary>Figures as JSON Lines.</summary>
    public string Metrics => System.IO.Path.Combine(Path, "metrics.jsonl");

    /// <summary>The loss over the steps, drawn.</summary>
    public string LossPlot => System.IO.Path.Combine(Path, "loss.png");

    /// <summary>The accuracy on the verification sets over the steps, drawn.</summary>
    public string AccuracyPlot => System.IO.Path.Combine(Path, "accuracy.png");

    /// <summary>The finished model: network, manifest, card.</summary>
    public string Model => System.IO.Path.Combine(Path, "model");

    /// <summary>Crops, so that faces are looked for once.</summary>
    public string Crops => System.IO.Path.Combine(Path, "crops");

    /// <summary>Opens the folder for a run.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="start">A new run does not overwrite an old one.</param>
    /// <exception cref="TrainingException">There is a run already, none to resume, or nothing can be written there.</exception>
    public static RunFolder Open(string path, RunStart start)
    {
        RunFolder folder = new(path);
        if (start == RunStart.Resume && !File.Exists(folder.Checkpoint))
            throw new TrainingException($"{path} holds no checkpoint to resume from; start it without --resume");
        if (start == RunStart.New && File.Exists(folder.Checkpoint))
            throw new TrainingException($"{path} holds a run already; go on with --resume, or train into another folder");
        try
        {
            Directory.CreateDirectory(path);
            string probe = System.IO.Path.Combine(path, $".{Guid.NewGuid():N}.new");
            new FileStream(probe, FileMode.CreateNew).Dispose();
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"--out {path}: nothing can be written there: {e.Message}", e);
        }
        return folder;
    }
}

/// <summary>How a run begins.</summary>
internal enum RunStart
{
    /// <summary>At step 0.</summary>
    New,

    /// <summary>At the newest checkpoint.</summary>
    Resume,
}
