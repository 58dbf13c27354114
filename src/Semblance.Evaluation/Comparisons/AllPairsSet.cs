using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Comparisons;

/// <summary>
/// All pairs of a set, in memory that does not grow with their number: a first pass counts scores in steps of 0.00001, a second one keeps
/// the comparisons of different people that a threshold of interest may accept. 10⁸ comparisons of 512 numbers take seconds.
/// </summary>
public sealed class AllPairsSet : ComparisonSet
{
    private const double FineStep = 1e-5,
        CoarseStep = 1e-4;

    /// <summary>Resampled people need somewhat lower thresholds than all: so much more is kept.</summary>
    private const double Margin = 1.5;

    private readonly ScoreHistogram _nonMated;
    private readonly Dictionary<(string Grouping, int Group), ScoreHistogram> _within;
    private readonly Comparison[] _copies;

    private AllPairsSet(
        IReadOnlyList<string> images,
        int[] personOf,
        int people,
        Comparison[] mated,
        Comparison[] tail,
        double floor,
        Counts counts,
        IReadOnlyList<Grouping> groupings
    )
        : base(images, personOf, people, mated, tail, floor)
    {
        _nonMated = counts.NonMated;
        _copies = Sorted(counts.Copies);
        _within = groupings
            .SelectMany((grouping, k) => counts.Within[k].Select((histogram, g) => ((grouping.Name, g), histogram)))
            .ToDictionary();
    }

    /// <inheritdoc/>
    public override long NonMated => _nonMated.Total;

    /// <inheritdoc/>
    public override IReadOnlyList<Comparison> Copies => _copies;

    /// <summary>Compares all faces.</summary>
    /// <param name="faces">The set, one contract.</param>
    /// <param name="options">Rates, groups and limits.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="EvaluationException">Fewer than two people, or options that do not fit.</exception>
    /// <exception cref="Embedding.EmbeddingMismatchException">Embeddings of several contracts.</exception>
    public static AllPairsSet Compare(
        IReadOnlyList<ComparedFace> faces,
        AllPairsOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(faces);
        options ??= AllPairsOptions.Default;
        options.Validate();
        (int[] personOf, int people) = Number(faces.Select(face => face.Person));
        if (people < 2)
            throw new EvaluationException("pictures of two people at least are needed");
        if (options.Groupings.FirstOrDefault(grouping => grouping.GroupOf.Count != faces.Count) is { } odd)
            throw new EvaluationException($"{odd.Name} divides {odd.GroupOf.Count} pictures, the set has {faces.Count}");
        FaceVectors vectors = FaceVectors.Of(faces);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };

        Counts counts = new(options.Groupings);
        Parallel.ForEach(
            vectors.Bands(),
            parallel,
            () => new Counts(options.Groupings),
            (band, _, own) =>
            {
                vectors.CompareBand(band.From, band.To, (i, j, similarity, score) => own.Add(personOf, i, j, similarity, score, options));
                return own;
            },
            own =>
            {
                lock (counts)
                    counts.Add(own);
            }
        );

        double floor = FloorOf(counts.NonMated, options);
        double[][] groupFloors = [.. options.Groupings.Select((_, k) => GroupFloors(counts.Within[k], floor, options))];
        List<Comparison> tail = [];
        Parallel.ForEach(
            vectors.Bands(),
            parallel,
            () => new List<Comparison>(),
            (band, _, own) =>
            {
                vectors.CompareBand(band.From, band.To, (i, j, similarity, score) =>
                {
                    if (personOf[i] != personOf[j] && !(similarity >= options.CopySimilarity) && IsKept(i, j, score))
                        own.Add(new(i, j, score));
                });
                return own;
            },
            own =>
            {
                lock (tail)
                    tail.AddRange(own);
            }
        );
        return new(
            [.. faces.Select(face => face.Image)],
            personOf,
            people,
            Sorted(counts.Mated),
            Sorted(tail),
            floor,
            counts,
            options.Groupings
        );

        bool IsKept(int i, int j, float score)
        {
            if (score >= floor)
                return true;
            for (int k = 0; k < groupFloors.Length; k++)
            {
                int group = options.Groupings[k].GroupOf[i];
                if (group >= 0 && group == options.Groupings[k].GroupOf[j] && score >= groupFloors[k][group])
                    return true;
            }
            return false;
        }
    }

    /// <inheritdoc/>
    public override double FalseMatchRateAt(double threshold) =>
        (double)(threshold >= Floor ? CountFrom(Tail, threshold) : _nonMated.CountFrom(threshold)) / _nonMated.Total;

    /// <inheritdoc/>
    public override double ThresholdFor(double rate) => _nonMated.ThresholdFor((long)(rate * _nonMated.Total * (1 + 1e-12)));

    /// <inheritdoc/>
    public override IEnumerable<(double Score, long AtOrAbove)> NonMatedSteps() => _nonMated.Falling();

    /// <inheritdoc/>
    public override double? ThresholdFor(Grouping grouping, int group, double rate)
    {
        ArgumentNullException.ThrowIfNull(grouping);
        ScoreHistogram within = _within[(grouping.Name, group)];
        return within.Total < RuleOfThree.TrialsFor(rate) ? null : within.ThresholdFor((long)(rate * within.Total * (1 + 1e-12)));
    }

    internal override Func<int[], long[,]> TrialCounter(Grouping grouping)
    {
        // The pictures of every person by group: most people are in one.
        (int Person, (int Group, long Pictures)[] Own)[] people =
        [
            .. PersonOf
                .Select((person, i) => (Person: person, Group: grouping.GroupOf[i]))
                .Where(picture => picture.Group >= 0)
                .GroupBy(picture => picture.Person)
                .Select(own => (own.Key, own.CountBy(picture => picture.Group).Select(g => (g.Key, (long)g.Value)).ToArray())),
        ];
        return times => Trials(grouping, people, times);
    }

    internal override long NonMatedTrials(int[] times)
    {
        long[] pictures = new long[People];
        foreach (int person in PersonOf)
            pictures[person] += times[person];
        long all = pictures.Sum();
        return (all * all - pictures.Sum(own => own * own)) / 2
            - _copies.Sum(copy => (long)times[PersonOf[copy.A]] * times[PersonOf[copy.B]]);
    }

    private long[,] Trials(Grouping grouping, (int Person, (int Group, long Pictures)[] Own)[] people, int[] times)
    {
        int groups = grouping.Groups.Count;
        long[] pictures = new long[groups];
        foreach ((int person, (int Group, long Pictures)[] own) in people)
        foreach ((int group, long count) in own)
            pictures[group] += times[person] * count;
        long[,] trials = new long[groups, groups];
        for (int g = 0; g < groups; g++)
        for (int h = 0; h < groups; h++)
            trials[g, h] = pictures[g] * pictures[h];
        // A person's pictures are not compared with one another.
        foreach ((int person, (int Group, long Pictures)[] own) in people)
        foreach ((int g, long a) in own)
        foreach ((int h, long b) in own)
            trials[g, h] -= times[person] * a * times[person] * b;
        for (int g = 0; g < groups; g++)
            trials[g, g] /= 2;
        foreach (Comparison copy in _copies)
        {
            int g = grouping.GroupOf[copy.A],
                h = grouping.GroupOf[copy.B];
            if (g < 0 || h < 0)
                continue;
            long weight = (long)times[PersonOf[copy.A]] * times[PersonOf[copy.B]];
            trials[g, h] -= weight;
            if (g != h)
                trials[h, g] -= weight;
        }
        return trials;
    }

    /// <summary>The score down to which comparisons are kept: enough for the rates, as far as there is room.</summary>
    private static double FloorOf(ScoreHistogram scores, AllPairsOptions options)
    {
        long most = Math.Min(options.MaxKept, scores.Total),
            wanted = options
                .Rates.Where(rate => rate * scores.Total >= 1)
                .Select(rate => (long)(Margin * rate * scores.Total) + 1)
                .Where(count => count <= most)
                .DefaultIfEmpty(1)
                .Max();
        double floor = scores.ThresholdFor(wanted);
        // A threshold that is asked for by name is judged exactly if it can be: its comparisons are kept too.
        foreach (double threshold in options.Thresholds.Where(threshold => scores.CountFrom(threshold - scores.Step) <= most))
            floor = Math.Min(floor, threshold);
        return floor;
    }

    private static double[] GroupFloors(ScoreHistogram[] within, double floor, AllPairsOptions options) =>
        [
            .. within.Select(scores =>
                options
                    .Rates.Where(rate =>
                        scores.Total >= RuleOfThree.TrialsFor(rate) && rate * scores.Total * Margin <= options.MaxKept / 16
                    )
                    .Select(rate => scores.ThresholdFor((long)(Margin * rate * scores.Total) + 1))
                    .Append(floor)
                    .Min()
            ),
        ];

    /// <summary>What the first pass counts.</summary>
    private sealed class Counts(IReadOnlyList<Grouping> groupings)
    {
        public ScoreHistogram NonMated { get; } = new(FineStep);

        public ScoreHistogram[][] Within { get; } =
        [.. groupings.Select(grouping => grouping.Groups.Select(_ => new ScoreHistogram(CoarseStep)).ToArray())];

        public List<Comparison> Mated { get; } = [];

        public List<Comparison> Copies { get; } = [];

        public void Add(int[] personOf, int i, int j, float similarity, float score, AllPairsOptions options)
        {
            if (personOf[i] == personOf[j])
            {
                Mated.Add(new(i, j, score));
                return;
            }
            if (similarity >= options.CopySimilarity)
            {
                Copies.Add(new(i, j, score));
                return;
            }
            NonMated.Add(score);
            for (int k = 0; k < Within.Length; k++)
            {
                int group = groupings[k].GroupOf[i];
                if (group >= 0 && group == groupings[k].GroupOf[j])
                    Within[k][group].Add(score);
            }
        }

        public void Add(Counts other)
        {
            NonMated.Add(other.NonMated);
            for (int k = 0; k < Within.Length; k++)
            for (int g = 0; g < Within[k].Length; g++)
                Within[k][g].Add(other.Within[k][g]);
            Mated.AddRange(other.Mated);
            Copies.AddRange(other.Copies);
        }
    }
}
