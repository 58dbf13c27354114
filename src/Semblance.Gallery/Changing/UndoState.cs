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
    public static UndoState Parse(string text)
    {
        UndoState state = JsonSerializer.Deserialize(text, UndoJson.Default.UndoState) ?? throw new JsonException("the state is null");
        if (state.People.Any(person => person is null) || state.References.Any(reference => reference is null))
            throw new JsonException("a person or a reference is null");
        HashSet<Guid> people = [.. state.People.Select(person => person.Id)];
        return people.SetEquals(state.After.Keys) && state.References.All(reference => people.Contains(reference.PersonId))
            ? state
            : throw new JsonException("it is about others than it says");
    }
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
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(UndoState))]
internal sealed partial class UndoJson : JsonSerializerContext;
