using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Identification;

/// <summary>Open-set identification (ISO/IEC 19795-1; NIST IR 8271): enrolled people are to be found, strangers to be left
/// unnamed.</summary>
public static class IdentificationProtocol
{
    private const int LongestCmc = 20;

    /// <summary>Rates of strangers at which the gallery is judged.</summary>
    public static IReadOnlyList<double> Rates { get; } = [1e-1, 1e-2, 1e-3];

    /// <summary>Measures.</summary>
    /// <param name="enrolled">Number of people in the gallery.</param>
    /// <param name="probes">Searches.</param>
    /// <param name="threshold">A threshold that was set beforehand, e.g. by the gallery's own rule, with the rate it is for; null for
    /// none.</param>
    /// <exception cref="EvaluationException">Nobody is enrolled, nobody is searched for, or a probe does not fit the gallery.</exception>
    public static IdentificationReport Evaluate(
        int enrolled,
        IReadOnlyList<IdentificationProbe> probes,
        (double Threshold, double Fpir)? threshold = null
    )
    {
        ArgumentNullException.ThrowIfNull(probes);
        if (enrolled < 1)
            throw new EvaluationException("nobody is enrolled");
        if (probes.FirstOrDefault(probe => probe.Mate >= enrolled || (probe.Scores.Count > 0 && probe.Scores.Count != enrolled)) is { } odd)
            throw new EvaluationException($"{odd.Image} does not fit a gallery of {enrolled} people");
        Search[] mated = [.. probes.Where(probe => probe.Mate >= 0).Select(Search.Of)];
        float[] strangers =
        [
            .. probes
                .Where(probe => probe.Mate < 0)
                .Select(probe => probe.Scores.Count == 0 ? float.NegativeInfinity : probe.Scores.Max())
                .OrderDescending(),
        ];
        if (mated.Length == 0)
            throw new EvaluationException("nobody who is enrolled is searched for");
        return new(
            enrolled,
            mated.Length,
            strangers.Length,
            probes.Count(probe => probe.Scores.Count == 0),
            [
                .. Enumerable
                    .Range(1, Math.Min(LongestCmc, enrolled))
                    .Select(rank => mated.Count(s => s.Rank <= rank) / (double)mated.Length),
            ],
            [
                .. Rates
                    .Where(rate => rate * strangers.Length >= 1)
                    .Select(rate => At(rate, ThresholdFor(strangers, rate), mated, strangers)),
            ],
            threshold is { } own ? At(own.Fpir, own.Threshold, mated, strangers) : null
        );
    }

    private static OpenSetRate At(double rate, double threshold, Search[] mated, float[] strangers) =>
        new(
            rate,
            threshold,
            RateEstimate.Independent(strangers.Count(best => best >= threshold), strangers.Length),
            RateEstimate.Independent(mated.Count(s => s.Rank > 1 || !(s.Own >= threshold)), mated.Length),
            RateEstimate.Independent(mated.Count(s => s.Rank > 1 && s.BestOther >= threshold), mated.Length),
            strangers.Length >= RuleOfThree.TrialsFor(rate)
        );

    /// <summary>The lowest threshold at which at most this share of strangers gets a name.</summary>
    private static double ThresholdFor(float[] falling, double rate)
    {
        int allowed = (int)(rate * falling.Length * (1 + 1e-12));
        return allowed >= falling.Length || float.IsNegativeInfinity(falling[allowed]) ? -2 : MathF.BitIncrement(falling[allowed]);
    }

    /// <summary>Where a search found the right one.</summary>
    private readonly record struct Search(int Rank, float Own, float BestOther)
    {
        public static Search Of(IdentificationProbe probe)
        {
            if (probe.Scores.Count == 0)
                return new(int.MaxValue, float.NegativeInfinity, float.NegativeInfinity);
            float own = probe.Scores[probe.Mate],
                best = float.NegativeInfinity;
            int rank = 1;
            for (int i = 0; i < probe.Scores.Count; i++)
            {
                if (i == probe.Mate)
                    continue;
                best = Math.Max(best, probe.Scores[i]);
                rank += probe.Scores[i] >= own ? 1 : 0;
            }
            return new(rank, own, best);
        }
    }
}
