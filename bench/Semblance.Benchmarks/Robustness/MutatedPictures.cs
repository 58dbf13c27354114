using System.Diagnostics;
using System.Globalization;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Matching;

namespace Semblance.Benchmarks.Robustness;

/// <summary>
/// Pictures with flipped, missing, repeated and emptied bytes through the whole line. Each gives a result or a named error, in bounded time and
/// memory, and nobody in it is taken for one of the other people: the people of a picture are those of the undamaged one.
/// </summary>
internal static class MutatedPictures
{
    private const int Seed = 11,
        FullyDescribed = 20;

    /// <summary>Runs.</summary>
    /// <param name="folder">Pictures of one person each, of different people.</param>
    /// <param name="count">How many are made.</param>
    public static async Task RunAsync(string folder, int count)
    {
        ImageDecodingOptions limits = new() { PixelLimit = 25_000_000 };
        using FaceAnalyzer analyzer = FaceAnalyzer.CreateBuilder().UseDecoding(limits).Build();
        AnalysisOptions embed = new() { Features = FaceFeatures.Embedding | FaceFeatures.Quality };
        List<(string Name, byte[] Bytes, FaceEmbedding Face)> people = [];
        foreach (string file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            byte[] bytes = File.ReadAllBytes(file);
            PictureItem item = PictureItem.FromBytes(Path.GetFileName(file), bytes);
            try
            {
                if (await analyzer.AnalyzeAsync(item, embed).ConfigureAwait(false) is { Faces: [{ Embedding: { } face }] })
                    people.Add((item.Name, bytes, face));
            }
            catch (SemblanceException)
            {
                // No picture; the others are enough.
            }
        }
        FaceMatcher matcher = analyzer.Matcher;
        Tally tally = new();
        Random random = new(Seed);
        long peak = 0;
        for (int i = 0; i < count; i++)
        {
            (string name, byte[] bytes, _) = people[random.Next(people.Count)];
            PictureItem item = PictureItem.FromBytes(name, MutatedBytes.Of(bytes, random));
            AnalysisOptions options = i % FullyDescribed == 0 ? new() { Features = embed.Features | FaceFeatures.Age } : embed;
            long start = Stopwatch.GetTimestamp();
            try
            {
                ImageAnalysis analysis = await analyzer.AnalyzeAsync(item, options).ConfigureAwait(false);
                tally.Analysed++;
                tally.Warned += analysis.Warnings is null ? 0 : 1;
                foreach (FaceEmbedding found in analysis.Faces!.Select(other => other.Embedding!))
                {
                    tally.Faces++;
                    tally.NotFinite += float.IsFinite(found.Vector.Span[0]) && Math.Abs(Length(found) - 1) < 1e-3 ? 0 : 1;
                    tally.WrongPeople += people.Any(other => other.Name != name && matcher.Compare(other.Face, found).Match) ? 1 : 0;
                }
            }
            catch (SemblanceException)
            {
                tally.Refused++;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                tally.Crashed++;
                Console.WriteLine($"  {i}: {e}");
            }
            tally.Slowest = Math.Max(tally.Slowest, Stopwatch.GetElapsedTime(start).TotalSeconds);
            peak = Math.Max(peak, Environment.WorkingSet);
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {count} mutated pictures of {people.Count} people (seed {Seed}): {tally.Analysed} analysed, {tally.Warned} of them with a warning, {tally.Refused} refused
                faces {tally.Faces}, taken for somebody else at FMR 1e-4 {tally.WrongPeople}, vectors not of unit length {tally.NotFinite}
                unexpected errors {tally.Crashed}, slowest {tally.Slowest:0.00} s, largest memory {peak / 1e6:0} MB
                """
            )
        );
    }

    private static double Length(FaceEmbedding face) => Math.Sqrt(CosineOf(face, face));

    private static double CosineOf(FaceEmbedding one, FaceEmbedding other)
    {
        double sum = 0;
        for (int i = 0; i < one.Dimension; i++)
            sum += one.Vector.Span[i] * other.Vector.Span[i];
        return sum;
    }

    private sealed class Tally
    {
        public int Analysed,
            Warned,
            Refused,
            Crashed,
            Faces,
            NotFinite,
            WrongPeople;

        public double Slowest;
    }
}
