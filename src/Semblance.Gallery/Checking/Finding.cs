using System.Text.Json;

namespace Semblance.Gallery.Checking;

/// <summary>Something that may be wrong; a human decides.</summary>
/// <param name="Kind">What.</param>
/// <param name="People">About whom.</param>
/// <param name="References">About which references; the odd one first.</param>
/// <param name="Similarity">The cosine that speaks for it: the highest between the two, or the highest of the odd one with the
/// others.</param>
/// <param name="Message">In words, with names and sources.</param>
public sealed record Finding(
    FindingKind Kind,
    IReadOnlyList<Person> People,
    IReadOnlyList<FaceReference> References,
    double? Similarity,
    string Message
)
{
    /// <summary>Names the finding the same in every check, so that a human may dismiss it: its kind and what it is about.</summary>
    public string Key
    {
        get
        {
            IEnumerable<Guid> about = References.Count > 0 ? References.Select(r => r.Id) : People.Select(p => p.Id);
            string kind = JsonNamingPolicy.KebabCaseLower.ConvertName(Kind.ToString());
            return $"{kind}:{string.Join('+', about.Order().Select(id => id.ToString("N")))}";
        }
    }
}
