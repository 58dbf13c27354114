using Semblance.Imaging;
using Semblance.TestSupport;

namespace Semblance.Tests;

/// <summary>The whole line under damage.</summary>
public sealed class RobustnessTests
{
    private const int Seed = 11;

    [Theory]
    [InlineData("astronaut-dim.jpg", 400)]
    [InlineData("astronaut-exif6.jpg", 150)]
    public void Damaged_files_are_analysed_or_refused_and_nothing_else(string name, int rounds)
    {
        byte[] whole = File.ReadAllBytes(ReferenceData.Sample(name));
        Random random = new(Seed);
        int refused = 0;
        for (int round = 0; round < rounds; round++)
        {
            byte[] damaged = Damage(whole, random);
            try
            {
                using FaceImage image = FaceImage.FromBytes(damaged, $"seed {Seed}, round {round}");
                _ = TestModels.Analyzer.Analyze(
                    image,
                    FaceFeatures.Quality | FaceFeatures.Embedding,
                    TestContext.Current.CancellationToken
                );
            }
            catch (SemblanceException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 1, rounds - 1);
    }

    /// <summary>A few bytes changed, a piece cut out, or the end cut off.</summary>
    private static byte[] Damage(byte[] whole, Random random)
    {
        byte[] damaged = [.. whole];
        switch (random.Next(3))
        {
            case 0:
                for (int k = random.Next(1, 20); k > 0; k--)
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                return damaged;
            case 1:
                int start = random.Next(damaged.Length),
                    length = random.Next(1, 200);
                return [.. damaged[..start], .. damaged[Math.Min(damaged.Length, start + length)..]];
            default:
                return damaged[..random.Next(damaged.Length)];
        }
    }
}
