namespace Semblance.Benchmarks.Robustness;

/// <summary>Damages of files and requests.</summary>
internal static class MutatedBytes
{
    /// <summary>Flips bytes, cuts, empties, repeats or drops a stretch of a file.</summary>
    public static byte[] Of(byte[] file, Random random)
    {
        byte[] mutated = [.. file];
        int at = random.Next(file.Length),
            length = Math.Min(file.Length - at, random.Next(1, 1 + Math.Max(1, file.Length / 20)));
        switch (random.Next(6))
        {
            case 0:
                return mutated[..at];
            case 1:
                mutated.AsSpan(at, length).Clear();
                return mutated;
            case 2:
                return [.. file.AsSpan(0, at), .. file.AsSpan(at + length)];
            case 3:
                return [.. file.AsSpan(0, at + length), .. file.AsSpan(at)];
            case 4:
                random.NextBytes(mutated.AsSpan(at, length));
                return mutated;
            default:
                // Headers trip decoders more than pixels do.
                int reach = random.Next(2) == 0 ? Math.Min(700, file.Length) : file.Length;
                for (int k = random.Next(1, 12); k > 0; k--)
                    mutated[random.Next(reach)] = (byte)random.Next(256);
                return mutated;
        }
    }
}
