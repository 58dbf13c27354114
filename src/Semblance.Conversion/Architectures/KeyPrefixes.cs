using Semblance.Conversion.Weights;

namespace Semblance.Conversion.Architectures;

/// <summary>Prefixes that training frameworks put before a network's keys: DataParallel's <c>module.</c>, Lightning's attribute names, of
/// which anyone makes their own.</summary>
internal static class KeyPrefixes
{
    /// <summary>How many prefixes may stand behind one another, as in <c>module.model.</c>.</summary>
    private const int Deepest = 3;

    /// <summary>Any name under which this share of the tensors stands, one in so many, is taken for the network's.</summary>
    private const int OneIn = 3;

    private static readonly string[] Known = ["module.", "model.", "backbone.", "net.", "network.", "encoder.", "_orig_mod."];

    /// <summary>The weights as they are, then what stands under each prefix that may be one.</summary>
    public static IEnumerable<StateDict> Without(StateDict weights) => Without(weights, Deepest);

    private static IEnumerable<StateDict> Without(StateDict weights, int depth)
    {
        yield return weights;
        if (depth == 0)
            yield break;
        foreach (string prefix in Known.Union(Common(weights)))
        {
            StateDict under = weights.Under(prefix);
            if (under.Keys.Count == 0)
                continue;
            foreach (StateDict inner in Without(under, depth - 1))
                yield return inner;
        }
    }

    private static IEnumerable<string> Common(StateDict weights) =>
        weights
            .Keys.Where(key => key.Contains('.', StringComparison.Ordinal))
            .CountBy(key => key[..(key.IndexOf('.', StringComparison.Ordinal) + 1)])
            .Where(name => name.Value * OneIn >= weights.Keys.Count)
            .Select(name => name.Key);
}
