using System.Text.Json;
using System.Text.Json.Serialization;

namespace Semblance.Gallery.Changing;

/// <summary>What a change replaced. Vectors and crops are not in it: a change that can be taken back removes none.</summary>
/// <param name="Before">Number of the newest entry of the log before the change.</param>
/// <param name="People">Everybody the change was about, as they were.</param>
/// <param name="References">The references it was about, as they were.</param>
/// <param name="After">Digest of what was held about each of the people right after it; null for those who were gone.</param>
internal sealed record UndoState(
    long Before,
    IReadOnlyList<Person> People,
    IReadOnlyList<ReferenceState> References,
    IReadOnlyDictionary<Guid, string?> After
)
{
    public string Serialize() => JsonSerializer.Serialize(this, UndoJson.Default.UndoState);

    /// <exception cref="JsonException">It is none.</exception>
    public static UndoState Parse(string text) =>
        JsonSerializer.Deserialize(text, UndoJson.Default.UndoState) ?? throw new JsonException("the state is null");
}

/// <summary>What a change may alter of a reference.</summary>
internal sealed record ReferenceState(
    Guid Id,
    Guid PersonId,
    string? Source,
    string? ExternalId,
    IReadOnlyList<string> Tags,
    bool Locked,
    bool Bound
)
{
    public static ReferenceState Of(FaceReference reference) =>
        new(
            reference.Id,
            reference.PersonId,
            reference.Source,
            reference.ExternalId,
            reference.Tags,
            reference.Locked,
            reference.Digest is not null
        );
}

/// <summary>States as text.</summary>
[JsonSerializable(typeof(UndoState))]
internal sealed partial class UndoJson : JsonSerializerContext;
