using Semblance.Evaluation.Verification;

namespace Semblance.Evaluation.Parts;

/// <summary>Who is who, where pairs alone say it: pictures that pairs labelled same hold together are of one person.</summary>
internal static class PeopleOfPairs
{
    public static string[] Of(IReadOnlyList<string> images, IEnumerable<LabelledPair> pairs)
    {
        Dictionary<string, string> parent = images.ToDictionary(image => image, image => image);
        foreach (LabelledPair pair in pairs.Where(pair => pair.Same && parent.ContainsKey(pair.ImageA) && parent.ContainsKey(pair.ImageB)))
            parent[Root(pair.ImageA)] = Root(pair.ImageB);
        return [.. images.Select(Root)];

        string Root(string image)
        {
            while (parent[image] != image)
                image = parent[image] = parent[parent[image]];
            return image;
        }
    }
}
