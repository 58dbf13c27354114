using System.Text.Json.Nodes;

namespace Semblance.Training.Trainer;

/// <summary>What the metrics of a run say, by name and step.</summary>
/// <param name="Series">Values of every figure in the order of steps.</param>
internal sealed record RunRecord(IReadOnlyDictionary<string, IReadOnlyList<(long Step, double Value)>> Series)
{
    private const string StepKey = "step";

    /// <summary>Ending of the figures that say how often pairs are judged rightly.</summary>
    public const string Accuracy = ".accuracy";

    /// <summary>Name of the loss.</summary>
    public const string Loss = "loss";

    /// <summary>Reads a log.</summary>
    public static RunRecord Read(string path)
    {
        Dictionary<string, List<(long, double)>> series = [];
        foreach (JsonObject line in MetricsLog.Read(path))
        {
            long step = (long)line[StepKey]!;
            foreach ((string name, JsonNode? value) in line)
            {
                if (name == StepKey || value is not JsonValue number || !number.TryGetValue(out double figure))
                    continue;
                if (!series.TryGetValue(name, out List<(long, double)>? values))
                    series[name] = values = [];
                values.Add((step, figure));
            }
        }
        return new(series.ToDictionary(entry => entry.Key, entry => (IReadOnlyList<(long, double)>)entry.Value));
    }

    /// <summary>A figure at a step; null where it was not measured there.</summary>
    public double? At(string name, long step) =>
        Series.GetValueOrDefault(name)?.Where(point => point.Step == step).Select(point => (double?)point.Value).LastOrDefault();

    /// <summary>Names of everything that was measured on verification sets: with a dot between set and figure.</summary>
    public IEnumerable<string> Measured => Series.Keys.Where(name => name.Contains('.', StringComparison.Ordinal));
}
