using System.Text;
using Semblance.Conversion.Weights;

namespace Semblance.Conversion.Architectures;

/// <summary>How a state_dict differs from what an architecture needs.</summary>
/// <param name="Architecture">The architecture.</param>
/// <param name="Missing">Entries that it needs and that are not there.</param>
/// <param name="Extra">Keys that are there and that it does not know.</param>
/// <param name="WrongShape">Entries of another shape: what is needed, and the shape that is there.</param>
public sealed record StateMismatch(
    IArchitecture Architecture,
    IReadOnlyList<StateKey> Missing,
    IReadOnlyList<string> Extra,
    IReadOnlyList<(StateKey Expected, IReadOnlyList<long> Actual)> WrongShape
)
{
    /// <summary>A counter that PyTorch's batch normalisation keeps while it trains; it says nothing about the network and older files lack
    /// it.</summary>
    private const string Counter = "num_batches_tracked";

    /// <summary>How many entries of a kind the message lists.</summary>
    private const int Listed = 8;

    /// <summary>Whether nothing differs.</summary>
    public bool IsNone => Differences == 0;

    /// <summary>The number of entries that differ.</summary>
    public int Differences => Missing.Count + Extra.Count + WrongShape.Count;

    /// <summary>The share of the architecture's entries that are there, 0 to 1.</summary>
    public double Similarity =>
        (double)(Architecture.Keys.Count - Missing.Count - WrongShape.Count) / Math.Max(1, Architecture.Keys.Count + Extra.Count);

    /// <summary>Compares.</summary>
    public static StateMismatch Between(IArchitecture architecture, StateDict weights)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(weights);
        HashSet<string> known = [];
        List<StateKey> missing = [];
        List<(StateKey, IReadOnlyList<long>)> wrong = [];
        foreach (StateKey key in architecture.Keys)
        {
            known.Add(key.Name);
            StateTensor? tensor = weights.Find(key.Name);
            if (tensor is null)
                missing.Add(key);
            else if (!tensor.Shape.SequenceEqual(key.Shape))
                wrong.Add((key, tensor.Shape));
        }
        return new(
            architecture,
            missing,
            [.. weights.Keys.Where(key => !known.Contains(key) && !key.EndsWith(Counter, StringComparison.Ordinal))],
            wrong
        );
    }

    /// <summary>What differs, the first entries of each kind.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        Append("missing", [.. Missing.Select(key => key.ToString())]);
        Append("extra", Extra);
        Append(
            "of the wrong shape",
            [
                .. WrongShape.Select(pair =>
                    $"{pair.Expected.Name} [{string.Join(", ", pair.Actual)}] instead of [{string.Join(", ", pair.Expected.Shape)}]"
                ),
            ]
        );
        return text.ToString();

        void Append(string what, IReadOnlyList<string> entries)
        {
            if (entries.Count == 0)
                return;
            if (text.Length > 0)
                text.Append("; ");
            text.Append(entries.Count).Append(' ').Append(what).Append(": ").AppendJoin(", ", entries.Take(Listed));
            if (entries.Count > Listed)
                text.Append(", …");
        }
    }
}
