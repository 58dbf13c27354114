using Semblance.Gallery;

namespace Semblance.Cli.Commands.Gallery;

/// <summary>Names that were perhaps meant.</summary>
internal static class SimilarNames
{
    private const int MostNames = 3;

    /// <summary>Says which names of a gallery differ from what was typed in case alone; null where none does.</summary>
    public static async Task<string?> RemedyAsync(FaceGallery gallery, string asked, CancellationToken stop)
    {
        SortedSet<string> found = new(StringComparer.Ordinal);
        await foreach (Person person in gallery.ListAsync(stop).ConfigureAwait(false))
            if (string.Equals(person.Name, asked, StringComparison.OrdinalIgnoreCase))
                found.Add(person.Name);
        return found.Count == 0 ? null : $"there is {string.Join(" and ", found.Take(MostNames).Select(name => $"'{name}'"))}";
    }
}
