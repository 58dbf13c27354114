using Semblance.Evaluation.Comparisons;
using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Parts;

/// <summary>How often two pictures of one person stay below a threshold, where both come from different versions of a set.</summary>
internal static class MatedRefusals
{
    /// <summary>Compares every picture of the one version with every other picture of the same person in the other.</summary>
    /// <param name="own">The one version.</param>
    /// <param name="others">The other one, or the same.</param>
    /// <param name="threshold">Scores from here on are accepted.</param>
    /// <param name="options">Resampling.</param>
    public static RateEstimate Rate(
        IReadOnlyList<ComparedFace> own,
        IReadOnlyList<ComparedFace> others,
        double threshold,
        GroupOptions options
    )
    {
        ILookup<string, ComparedFace> byPerson = others.ToLookup(face => face.Person);
        bool isOneVersion = ReferenceEquals(own, others);
        (long Refused, long Compared)[] people =
        [
            .. own.GroupBy(face => face.Person).Select(person => Count(person, byPerson[person.Key])).Where(count => count.Compared > 0),
        ];
        long refusals = people.Sum(person => person.Refused),
            compared = people.Sum(person => person.Compared);
        if (people.Length < 2)
            return RateEstimate.Independent(refusals, compared);
        double[] rates =
        [
            .. PeopleBootstrap
                .Draw(people.Length, options.Draws, options.Seed)
                .Select(times =>
                    times.Select((n, i) => (double)n * people[i].Refused).Sum()
                    / times.Select((n, i) => (double)n * people[i].Compared).Sum()
                ),
        ];
        (double low, double high) = PeopleBootstrap.Interval(rates);
        return RateEstimate.Resampled(refusals, compared, low, high);

        (long Refused, long Compared) Count(IEnumerable<ComparedFace> person, IEnumerable<ComparedFace> same)
        {
            bool[] below =
            [
                .. from a in person
                from b in same
                where isOneVersion ? string.CompareOrdinal(a.Image, b.Image) < 0 : a.Image != b.Image
                select a.ScoreWith(b) < threshold,
            ];
            return (below.Count(refused => refused), below.Length);
        }
    }
}
