using Semblance.Conversion.Checkpoints;
using Semblance.Conversion.Tests.Checkpoints.Files;

namespace Semblance.Conversion.Tests.Checkpoints;

public sealed class CheckpointFuzzTests
{
    private const int Seed = 9,
        Rounds = 1500;

    /// <summary>For each round; the sound files have less than a kilobyte.</summary>
    private const long MemoryEach = 1 << 20;

    [Theory]
    [MemberData(nameof(CheckpointTests.Formats), MemberType = typeof(CheckpointTests))]
    public void Altered_and_cut_files_are_read_or_refused_and_nothing_else(string format)
    {
        byte[] sound = TorchFiles.Sound(format);
        Random random = new(Seed);
        string path = CheckpointFile.Write(sound);
        int read = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            byte[] altered = random.Next(4) > 0 ? [.. sound] : sound[..random.Next(1, sound.Length)];
            for (int k = random.Next(1, 5); k > 0; k--)
                altered[random.Next(altered.Length)] = (byte)Odd(random);
            File.WriteAllBytes(path, altered);
            if (Reads(path))
                read++;
        }
        File.Delete(path);
        Assert.InRange(read, 1, Rounds - 1);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Rounds, 0, MemoryEach);
    }

    /// <summary>Bytes that lengths and signs trip over come more often than others.</summary>
    private static int Odd(Random random) => random.Next(3) == 0 ? random.GetItems([0x00, 0x01, 0x7f, 0x80, 0xff], 1)[0] : random.Next(256);

    private static bool Reads(string path)
    {
        try
        {
            using Checkpoint checkpoint = Checkpoint.Open(path);
            foreach (CheckpointPart part in checkpoint.Parts)
            foreach (string key in part.Weights.Keys)
                _ = part.Weights[key].ToFloats();
            return true;
        }
        catch (ConversionException)
        {
            return false;
        }
    }
}
