namespace Semblance.Evaluation.Verification;

/// <summary>Pairs of a frontal and a profile picture, on a set with a folder a person, and in it one of frontal and one of profile
/// pictures, as CFP has it.</summary>
public static class FrontalProfilePairs
{
    /// <summary>For every person as many mated and non-mated pairs, drawn at random.</summary>
    /// <param name="images">Names <c>PERSON/frontal/…</c> and <c>PERSON/profile/…</c>.</param>
    /// <param name="pairsOfEach">Pairs of each kind a person.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <exception cref="EvaluationException">A picture lies in no such folder, or a person has none of a kind.</exception>
    public static IReadOnlyList<LabelledPair> Draw(IReadOnlyList<string> images, int pairsOfEach, int seed)
    {
        ArgumentNullException.ThrowIfNull(images);
        Dictionary<(string Person, string Pose), string[]> pictures = images
            .GroupBy(image => (image.Split('/')[0], PoseOf(image)))
            .ToDictionary(group => group.Key, group => group.Order(StringComparer.Ordinal).ToArray());
        string[] people = [.. pictures.Keys.Select(key => key.Person).Distinct().Order(StringComparer.Ordinal)];
        if (people.Length < 2)
            throw new EvaluationException("pairs of strangers need two people at least");
        Random random = new(seed);
        List<LabelledPair> pairs = [];
        foreach (string person in people)
        {
            for (int i = 0; i < pairsOfEach; i++)
            {
                pairs.Add(new(One(person, "frontal"), One(person, "profile"), Same: true));
                string other;
                do other = people[random.Next(people.Length)];
                while (other == person);
                pairs.Add(new(One(person, "frontal"), One(other, "profile"), Same: false));
            }
        }
        return pairs;

        string One(string person, string pose) =>
            pictures.TryGetValue((person, pose), out string[]? own)
                ? own[random.Next(own.Length)]
                : throw new EvaluationException($"{person} has no {pose} picture");
    }

    /// <summary>Frontal or profile.</summary>
    /// <param name="image">Name in the set.</param>
    /// <exception cref="EvaluationException">It lies in no folder of a pose.</exception>
    public static string PoseOf(string image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image.Split('/') is [_, "frontal" or "profile", _] parts
            ? parts[1]
            : throw new EvaluationException($"{image} lies in no folder PERSON/frontal or PERSON/profile");
    }
}
