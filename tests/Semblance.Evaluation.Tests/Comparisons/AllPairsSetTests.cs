using Semblance.Evaluation.Comparisons;
using Semblance.Evaluation.Fairness;
using Semblance.Matching;

namespace Semblance.Evaluation.Tests.Comparisons;

public sealed class AllPairsSetTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_pair_is_compared_once_and_the_highest_strangers_are_kept()
    {
        ComparedFace[] faces = PlaneFaces.Random(people: 90, pictures: 3, seed: 4);
        AllPairsSet set = AllPairsSet.Compare(faces, new() { Rates = [1e-2], MaxKept = 100_000 }, cancellationToken: Stop);
        Assert.Equal(90 * 3, set.Mated.Count);
        Assert.Equal(90 * 89 / 2 * 9, set.NonMated);
        double[] all =
        [
            .. from i in Enumerable.Range(0, faces.Length)
            from j in Enumerable.Range(i + 1, faces.Length - i - 1)
            where faces[i].Person != faces[j].Person
            orderby FaceSimilarity.Cosine(faces[i].Embedding, faces[j].Embedding) descending
            select FaceSimilarity.Cosine(faces[i].Embedding, faces[j].Embedding),
        ];
        Assert.True(set.Tail.Count >= all.Length / 100);
        Assert.Equal(all.Take(set.Tail.Count), set.Tail.Select(c => (double)c.Score), (a, b) => Math.Abs(a - b) < 1e-6);
        double threshold = set.ThresholdFor(1e-2);
        Assert.InRange(all.Count(s => s >= threshold), all.Length / 100 - 2, all.Length / 100);
    }

    [Fact]
    public void Result_does_not_depend_on_the_threads()
    {
        ComparedFace[] faces = PlaneFaces.Random(people: 70, pictures: 3, seed: 9);
        AllPairsSet one = AllPairsSet.Compare(faces, new() { Threads = 1 }, cancellationToken: Stop),
            four = AllPairsSet.Compare(faces, new() { Threads = 4 }, cancellationToken: Stop);
        Assert.Equal(one.Tail, four.Tail);
        Assert.Equal(one.Mated, four.Mated);
        Assert.Equal(one.NonMatedSteps(), four.NonMatedSteps());
    }

    [Fact]
    public void Unmarked_second_pictures_are_left_out_and_counted()
    {
        // a and b are 10 degrees apart: cosine 0.985, one photograph under two names.
        AllPairsSet set = AllPairsSet.Compare(
            [PlaneFaces.At("a", 0), PlaneFaces.At("b", 10), PlaneFaces.At("c", 90), PlaneFaces.At("d", 180)],
            new() { CopySimilarity = 0.95 },
            cancellationToken: Stop
        );
        Assert.Equal(5, set.NonMated);
        Comparison copy = Assert.Single(set.Copies);
        Assert.Equal((0, 1), (copy.A, copy.B));
    }

    [Fact]
    public void Comparisons_that_are_kept_stay_within_their_number()
    {
        ComparedFace[] faces = PlaneFaces.Random(people: 300, pictures: 1, seed: 2);
        AllPairsSet set = AllPairsSet.Compare(faces, new() { Rates = [0.5, 1e-2], MaxKept = 1000 }, cancellationToken: Stop);
        Assert.InRange(set.Tail.Count, 448, 1000);
        // Below what is kept the counts of the first pass go on.
        Assert.True(set.Floor > 0.3);
        int accepted = Enumerable
            .Range(0, 300)
            .Sum(i => Enumerable.Range(i + 1, 299 - i).Count(j => FaceSimilarity.Cosine(faces[i].Embedding, faces[j].Embedding) >= 0.3));
        Assert.Equal(accepted / (double)set.NonMated, set.FalseMatchRateAt(0.3), 4);
    }

    [Fact]
    public void Numbers_of_comparisons_by_group_are_those_counted_one_by_one()
    {
        ComparedFace[] faces = PlaneFaces.Random(people: 25, pictures: 3, seed: 6);
        Random random = new(3);
        // Groups of pictures, not of people: one person's pictures may be in several.
        Grouping grouping = Grouping.By("g", [.. faces.Select(_ => random.Next(4) is < 3 and int g ? $"{g}" : null)]);
        AllPairsSet set = AllPairsSet.Compare(faces, new() { Groupings = [grouping], CopySimilarity = 0.6 }, cancellationToken: Stop);
        Assert.NotEmpty(set.Copies);
        int[] times = [.. Enumerable.Range(0, 25).Select(_ => random.Next(3))];
        long[,] expected = new long[3, 3];
        long all = 0;
        for (int i = 0; i < faces.Length; i++)
        for (int j = i + 1; j < faces.Length; j++)
        {
            if (faces[i].Person == faces[j].Person || set.Copies.Any(c => (c.A, c.B) == (i, j)))
                continue;
            long weight = times[set.PersonOf[i]] * times[set.PersonOf[j]];
            all += weight;
            (int g, int h) = (grouping.GroupOf[i], grouping.GroupOf[j]);
            if (g < 0 || h < 0)
                continue;
            expected[g, h] += weight;
            expected[h, g] += g == h ? 0 : weight;
        }
        Assert.Equal(expected, set.TrialCounter(grouping)(times));
        Assert.Equal(all, set.NonMatedTrials(times));
    }

    [Fact]
    public void One_person_cannot_be_a_set() =>
        Assert.Throws<EvaluationException>(() =>
            AllPairsSet.Compare([PlaneFaces.At("a", 0), PlaneFaces.At("a", 1)], cancellationToken: Stop)
        );

    [Fact]
    public void Options_name_everything_that_is_wrong()
    {
        string message = Assert
            .Throws<EvaluationException>(() =>
                new AllPairsOptions
                {
                    Rates = [0],
                    Thresholds = [3],
                    MaxKept = 0,
                }.Validate()
            )
            .Message;
        Assert.Contains("a rate lies between 0 and 1", message);
        Assert.Contains("a threshold lies between -2 and 2", message);
        Assert.Contains("one comparison at least", message);
    }
}
