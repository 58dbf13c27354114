using Semblance.Embedding;
using Semblance.Evaluation.Statistics;
using Semblance.Models;

namespace Semblance.Evaluation.Calibration;

/// <summary>
/// Makes scores that mean the same for all kinds of people: a cohort of strangers, whose similarity is taken away from a pair's, and
/// thresholds of what remains by rate and quality, measured on strangers who are alike.
/// </summary>
/// <remarks>
/// People are divided into two halves. Each half's faces get their baselines from a cohort of the other, because a face that is itself
/// behind a member is more similar to it than a stranger's. One of the two cohorts is kept. The threshold for a rate is
/// the lowest score at which the one-sided 95 % Clopper-Pearson bound of the observed rate does not exceed it, and at which no group of
/// age, gender or race and no condition of the pictures has more than two and a half times as much.
/// </remarks>
public static class ScoreCalibration
{
    /// <summary>In what strangers are alike where all labels are there.</summary>
    public const string DefaultStrangers = "alike in gender, age and race";

    /// <summary>The part of undegraded faces whose norm is so small that no answer is given.</summary>
    private const double UnansweredPart = 0.002;

    /// <summary>The part of undegraded faces whose norm is below those of good quality.</summary>
    /// <remarks>With a tenth, masks and strong noise fall into the steps below, and good pictures need not ask for what those
    /// need.</remarks>
    private const double PoorPart = 0.1;

    /// <summary>The part of one person's pairs of good pictures that is more similar than what a match may ask for.</summary>
    private const double UnusualPart = 0.05;

    /// <summary>Pairs of strangers that a step of quality needs: they support 1e-4.</summary>
    private const int PairsOfStep = 60_000;

    /// <summary>Steps of quality below the good one, at most.</summary>
    private const int MostSteps = 4;

    /// <summary>Pairs of one person that a step needs for a probability of its own.</summary>
    private const int MatedOfStep = 50;

    private const int RateDecimals = 6,
        ProbabilityDecimals = 4,
        NormDecimals = 3;

    private static readonly double[] Rates = [1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6, 3e-7, 1e-7];

    /// <summary>Calibrates.</summary>
    /// <param name="faces">Faces of one contract: of many kinds of people, with degraded copies; some of them with names.</param>
    /// <param name="data">Which pictures they are and under what terms, in words; goes into the manifest.</param>
    /// <param name="strangers">In what strangers of one kind are alike, in words, e.g. <c>alike in gender, age and race</c>.</param>
    /// <param name="options">Cohort, halves, seed.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="EvaluationException">Too few people, or nobody with two pictures.</exception>
    /// <exception cref="EmbeddingMismatchException">Embeddings of different contracts.</exception>
    public static ScoreCalibrationResult Calibrate(
        IReadOnlyList<CalibrationFace> faces,
        string data,
        string strangers,
        ScoreCalibrationOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(faces);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (faces.FirstOrDefault(face => face.Embedding.Contract != faces[0].Embedding.Contract) is { } other)
            throw new EmbeddingMismatchException(faces[0].Embedding.Contract, other.Embedding.Contract);
        Dictionary<string, int> people = [];
        foreach (CalibrationFace face in faces)
            people.TryAdd(face.Somebody, people.Count);
        int[] person = [.. faces.Select(face => people[face.Somebody])];
        int[] half = Halves(people.Count, options.Seed);
        EmbeddingCohort CohortOf(int which) =>
            CohortMaking.Make([.. faces.Where((_, i) => half[person[i]] == which)], options, cancellationToken);
        EmbeddingCohort[] cohorts = [CohortOf(0), CohortOf(1)];
        float[] baselines = new float[faces.Count];
        Parallel.For(0, faces.Count, new ParallelOptions { CancellationToken = cancellationToken }, i =>
            baselines[i] = cohorts[1 - half[person[i]]].BaselineOf(faces[i].Embedding.Vector.Span)
        );
        AlikePairs pairs = AlikePairs.Compare(faces, baselines, cancellationToken);
        if (pairs.Mated.Count == 0)
            throw new EvaluationException("nobody has two pictures, so comparisons of one person are missing");
        EmbeddingCohort kept = cohorts[options.Half - 1];
        return new(
            Measure(faces, pairs, person, people.Count, data, strangers, options, cancellationToken),
            new()
            {
                Members = kept.Count,
                Neighbours = kept.Neighbours,
                Faces = Enumerable.Range(0, faces.Count).Count(i => half[person[i]] == options.Half - 1),
                SmallestGroup = options.SmallestGroup,
                Data = data,
            },
            kept,
            pairs.LeftOut
        );
    }

    private static ModelCalibration Measure(
        IReadOnlyList<CalibrationFace> faces,
        AlikePairs pairs,
        int[] person,
        int people,
        string data,
        string strangers,
        ScoreCalibrationOptions options,
        CancellationToken cancellationToken
    )
    {
        float[] edges = Edges(faces, pairs);
        GroupedThresholds thresholds = new(faces);
        pairs.NonMated.Sort((a, b) => b.Score.CompareTo(a.Score));
        List<NormThresholds> steps = [];
        // From the best quality down, so that a poorer one never asks for less.
        for (int step = edges.Length - 1; step >= 0; step--)
        {
            bool good = step + 1 == edges.Length;
            float low = edges[step],
                high = good ? float.PositiveInfinity : edges[step + 1];
            AlikePairs.Pair[] strange = [.. pairs.NonMated.Where(pair => pair.SmallerNorm >= low && pair.SmallerNorm < high)];
            List<IReadOnlyList<double>> table = Table(thresholds.Of(strange, Rates), good ? null : steps[^1]);
            if (table.Count == 0)
                break;
            // What good pictures of one person reach is not to be mixed with what degraded copies do.
            float[] own =
            [
                .. pairs
                    .Mated.Where(pair => pair.SmallerNorm >= low && pair.SmallerNorm < high && (!good || IsClear(faces, pair)))
                    .Select(pair => pair.Score),
            ];
            ProbabilityModel probability =
                own.Length >= MatedOfStep || steps.Count == 0
                    ? Logistic(own, [.. strange.Where(pair => !good || IsClear(faces, pair)).Select(pair => pair.Score)])
                    : steps[^1].Probability;
            // The last step is the best quality from its lower edge on; the others stand at their lower edge as well, so that between two
            // edges the stricter of two thresholds weighs more the poorer the face is.
            steps.Add(new(Math.Round(low, NormDecimals), table, probability));
        }
        if (steps.Count == 0)
            throw new EvaluationException("too few pairs of strangers of one kind are there to support any rate");
        steps.Reverse();
        NormThresholds best = steps[^1];
        float[] bestMated =
        [
            .. pairs.Mated.Where(pair => pair.SmallerNorm >= edges[^1] && IsClear(faces, pair)).Select(pair => pair.Score),
        ];
        double[] rates = [.. best.Fmr.Select(row => row[0])];
        AlikePairs.Pair[] goodPairs = [.. pairs.NonMated.Where(pair => pair.SmallerNorm >= edges[^1])];
        (double Low, double High)[] intervals = Resample(goodPairs, thresholds, person, people, rates, options, cancellationToken);
        return new()
        {
            Data = data,
            Strangers = strangers,
            MatedPairs = pairs.Mated.Count,
            NonMatedPairs = pairs.NonMated.Count,
            People = people,
            Fmr = best.Fmr,
            FmrInterval = [.. rates.Select((rate, i) => new[] { rate, intervals[i].Low, intervals[i].High })],
            Fnmr =
            [
                .. best.Fmr.Select(row =>
                    new[] { row[0], Math.Round(bestMated.Count(score => score < row[1]) / (double)bestMated.Length, RateDecimals) }
                ),
            ],
            ByNorm = steps,
            UsualSimilarity = UsualSimilarity(faces, pairs),
            Probability = best.Probability,
        };
    }

    private static bool IsClear(IReadOnlyList<CalibrationFace> faces, AlikePairs.Pair pair) =>
        faces[pair.A].IsClear && faces[pair.B].IsClear;

    /// <summary>The similarity that only few of one person's undegraded pictures reach.</summary>
    private static double? UsualSimilarity(IReadOnlyList<CalibrationFace> faces, AlikePairs pairs)
    {
        double[] clear =
        [
            .. pairs
                .Mated.Where(pair => IsClear(faces, pair))
                .Select(pair => Semblance.Matching.FaceSimilarity.Cosine(faces[pair.A].Embedding, faces[pair.B].Embedding))
                .Order(),
        ];
        return clear.Length == 0 ? null : Math.Round(clear[(int)((1 - UnusualPart) * (clear.Length - 1))], RateDecimals);
    }

    /// <summary>
    /// Lower edges of the steps of quality, rising. The best one holds nearly all undegraded faces; what lies below it, down to the norm
    /// that nearly none of them are below, is divided into steps of as many pairs of strangers. One step where norms say nothing.
    /// </summary>
    private static float[] Edges(IReadOnlyList<CalibrationFace> faces, AlikePairs pairs)
    {
        if (!pairs.NonMated.Any(pair => IsClear(faces, pair)))
            throw new EvaluationException("no two people of one kind are there to be compared");
        float[] clear = [.. faces.Where(face => face.IsClear).Select(face => face.Embedding.Norm).Order()];
        float least = clear[(int)(UnansweredPart * (clear.Length - 1))],
            good = clear[(int)(PoorPart * (clear.Length - 1))];
        float[] poor = [.. pairs.NonMated.Select(pair => pair.SmallerNorm).Where(norm => norm >= least && norm < good).Order()];
        int steps = Math.Min(MostSteps, poor.Length / PairsOfStep);
        return steps == 0
            ? [good < clear[^1] ? least : float.NegativeInfinity]
            : [least, .. Enumerable.Range(1, steps - 1).Select(step => poor[(int)((long)poor.Length * step / steps)]).Distinct(), good];
    }

    /// <summary>Thresholds of the rates that are supported, never below those of a better quality.</summary>
    private static List<IReadOnlyList<double>> Table(double[] thresholds, NormThresholds? better)
    {
        List<IReadOnlyList<double>> table = [];
        for (int i = 0; i < Rates.Length && !double.IsNaN(thresholds[i]); i++)
        {
            double threshold = thresholds[i];
            if (better is not null)
            {
                if (better.Fmr.FirstOrDefault(row => row[0] == Rates[i]) is not { } row)
                    break;
                threshold = Math.Max(threshold, row[1]);
            }
            if (threshold >= 1)
                break;
            table.Add([Rates[i], threshold]);
        }
        return table;
    }

    private static ProbabilityModel Logistic(float[] own, float[] strange)
    {
        (double a, double b) = LogisticFit.Fit(own, strange);
        return new("logistic", Math.Round(a, ProbabilityDecimals), Math.Round(b, ProbabilityDecimals));
    }

    private static (double Low, double High)[] Resample(
        AlikePairs.Pair[] falling,
        GroupedThresholds groups,
        int[] person,
        int people,
        double[] rates,
        ScoreCalibrationOptions options,
        CancellationToken cancellationToken
    )
    {
        int[][] draws = PeopleBootstrap.Draw(people, options.Resamples, options.Seed);
        double[][] thresholds = new double[draws.Length][];
        Parallel.For(0, draws.Length, new ParallelOptions { CancellationToken = cancellationToken }, d =>
            thresholds[d] = [
                .. groups
                    .Of(falling, rates, pair => (long)draws[d][person[pair.A]] * draws[d][person[pair.B]])
                    .Select(threshold => double.IsNaN(threshold) ? 1 : threshold),
            ]
        );
        return [.. rates.Select((_, i) => PeopleBootstrap.Interval(thresholds.Select(of => of[i])))];
    }

    /// <summary>Which half every person is of: 0 or 1.</summary>
    internal static int[] Halves(int people, int seed)
    {
        int[] half = [.. Enumerable.Range(0, people).Select(i => i % 2)];
        new Random(seed).Shuffle(half);
        return half;
    }
}
