using Semblance.Conversion.Weights;

namespace Semblance.Conversion.Checkpoints;

/// <summary>Finds the dictionaries of tensors inside what a pickle holds.</summary>
internal static class StateDictSearch
{
    /// <summary>How many dictionaries deep a state_dict may lie.</summary>
    private const int Deepest = 4;

    /// <summary>More dictionaries of tensors than a training run keeps.</summary>
    private const int MostParts = 200;

    /// <summary>All dictionaries that hold tensors by name, outer ones first.</summary>
    public static IReadOnlyList<CheckpointPart> In(object? root)
    {
        List<CheckpointPart> parts = [];
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Queue<(object? Value, string Path, int Depth)> queue = new([(root, "", 0)]);
        while (queue.TryDequeue(out (object? Value, string Path, int Depth) next))
        {
            if (next.Value is not PickleDict dict || !seen.Add(dict))
                continue;
            // As in Python, a key that is set again has the last value.
            Dictionary<string, StateTensor> tensors = [];
            foreach ((object? key, object? value) in dict.Entries)
            {
                if (key is not string name)
                    continue;
                if (value is TorchTensor tensor)
                    tensors[name] = tensor;
                else if (next.Depth < Deepest)
                    queue.Enqueue((value, next.Path.Length == 0 ? name : $"{next.Path}.{name}", next.Depth + 1));
            }
            if (tensors.Count == 0)
                continue;
            if (parts.Count == MostParts)
                throw new ConversionException($"the checkpoint holds more than {MostParts} dictionaries of tensors");
            parts.Add(new(next.Path, new(tensors)));
        }
        return parts;
    }
}
