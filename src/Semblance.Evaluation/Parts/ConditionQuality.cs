using Semblance.Evaluation.Comparisons;
using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Parts;

/// <summary>False matches against what the threshold depends on: the length of an embedding before it was made a unit vector.</summary>
internal static class ConditionQuality
{
    private const int Bins = 8;

    /// <summary>Divides the pictures of all conditions into eighths by their norm, and judges every eighth by itself.</summary>
    /// <param name="sets">The conditions.</param>
    /// <param name="point">The threshold.</param>
    /// <param name="options">Resampling.</param>
    /// <param name="stop">Stops.</param>
    /// <returns>Median norm of an eighth, and the rate among strangers in it.</returns>
    public static IReadOnlyList<(double Norm, RateEstimate Fmr)> Measure(
        IReadOnlyList<(string Condition, FaceSet Set)> sets,
        OperatingPoint point,
        PartOptions options,
        CancellationToken stop
    )
    {
        ComparedFace[] faces = [.. sets.SelectMany(set => set.Set.FacesAt(point.AskedRate)).OrderBy(face => face.Embedding.Norm)];
        List<(double, RateEstimate)> result = [];
        for (int bin = 0; bin < Bins; bin++)
        {
            ComparedFace[] own = faces[(faces.Length * bin / Bins)..(faces.Length * (bin + 1) / Bins)];
            if (own.DistinctBy(face => face.Person).Take(2).Count() < 2)
                continue;
            Grouping everybody = Grouping.By("everybody", [.. own.Select(_ => "all")]);
            AllPairsSet pairs = AllPairsSet.Compare(
                own,
                new()
                {
                    Rates = [point.AskedRate!.Value],
                    Thresholds = [point.Threshold],
                    Groupings = [everybody],
                    Threads = options.Groups.Threads,
                },
                stop
            );
            result.Add(
                (own[own.Length / 2].Embedding.Norm, VerificationGroupAnalysis.Judge(pairs, everybody, point, options.Groups, stop).AllFmr)
            );
        }
        return result;
    }
}
