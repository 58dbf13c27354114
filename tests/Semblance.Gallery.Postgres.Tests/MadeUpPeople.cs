using Semblance.Embedding;
using Semblance.Gallery.Tests.Search;

namespace Semblance.Gallery.Postgres.Tests;

/// <summary>Seeded people with several references each.</summary>
internal static class MadeUpPeople
{
    public const int Dimension = 32;

    public static GallerySettings Settings { get; } = new() { Contract = new("made-up", "made-up/1", Dimension) };

    public static IReadOnlyList<(Person Person, IReadOnlyList<FaceReference> References)> Create(
        int people,
        int referencesEach,
        int seed,
        DateTimeOffset? expiresAt = null
    )
    {
        float[] vectors = RandomVectors.Groups(people * referencesEach, Dimension, people, 0.5, seed);
        List<(Person, IReadOnlyList<FaceReference>)> result = [];
        for (int p = 0; p < people; p++)
        {
            Person person = new()
            {
                Id = Guid.CreateVersion7(),
                Name = $"Person {p} 名前",
                EnrolledAt = DateTimeOffset.UnixEpoch.AddDays(p),
                ExpiresAt = expiresAt,
            };
            FaceReference[] references =
            [
                .. Enumerable
                    .Range(0, referencesEach)
                    .Select(r => new FaceReference
                    {
                        Id = Guid.CreateVersion7(),
                        PersonId = person.Id,
                        Norm = 10 + r,
                        EnrolledAt = person.EnrolledAt,
                        Vector = vectors.AsMemory((r * people + p) * Dimension, Dimension),
                    }),
            ];
            result.Add((person, references));
        }
        return result;
    }

    public static ReferenceDraft Draft(ReadOnlyMemory<float> vector) => new(new FaceEmbedding(vector, 12, "made-up", "made-up/1"));

#pragma warning disable CS1998 // The list is there already.
    public static async IAsyncEnumerable<T> Stream<T>(IEnumerable<T> items)
    {
        foreach (T item in items)
            yield return item;
    }
#pragma warning restore CS1998
}
