using System.Collections.Concurrent;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.VectorData;

/// <summary>How many references everybody has and when they expire: vector stores do not count. Kept in memory, as one process
/// writes.</summary>
internal sealed class PeopleSummary
{
    private readonly ConcurrentDictionary<string, (long ExpiresAt, PersonKind Kind, int References, int Crops)> _people = [];
    private float _largestBias;

    /// <summary>No vector that was ever held has a larger bias.</summary>
    public float LargestBias => _largestBias;

    public int ReferencesOf(string person) => _people.TryGetValue(person, out var held) ? held.References : 0;

    /// <summary>Takes a record that is new or replaced.</summary>
    /// <param name="record">The record.</param>
    /// <param name="isNew">Whether its key was not there before.</param>
    public void Add(GalleryRecord record, bool isNew)
    {
        if (RecordKind.Plain(record.Kind) is RecordKind.Reference or RecordKind.Mean or RecordKind.NormWeighted)
            _largestBias = MathF.Max(_largestBias, RecordMapping.BiasOf(record));
        if (record.Kind == RecordKind.Person)
        {
            PersonKind kind = RecordMapping.PersonOf(record).Kind;
            _people.AddOrUpdate(record.Person, (record.ExpiresAt, kind, 0, 0), (_, held) =>
                (record.ExpiresAt, kind, held.References, held.Crops)
            );
        }
        else if (isNew)
        {
            Count(record, 1);
        }
    }

    public void Remove(GalleryRecord record)
    {
        if (record.Kind == RecordKind.Person)
            _people.TryRemove(record.Person, out _);
        else
            Count(record, -1);
    }

    public GalleryCounts At(DateTimeOffset now)
    {
        long time = now.ToUnixTimeMilliseconds(),
            people = 0,
            expiredPeople = 0,
            references = 0,
            expiredReferences = 0,
            mated = 0,
            crops = 0,
            strangers = 0;
        foreach ((long expiresAt, PersonKind kind, int held, int kept) in _people.Values)
        {
            bool expired = expiresAt <= time;
            crops += kept;
            if (kind != PersonKind.Known)
            {
                strangers++;
                continue;
            }
            people++;
            if (expired)
            {
                expiredPeople++;
                expiredReferences += held;
            }
            else
            {
                references += held;
                mated += (long)held * (held - 1) / 2;
            }
        }
        return new(people, expiredPeople, references, expiredReferences, mated, crops, null) { Strangers = strangers };
    }

    private void Count(GalleryRecord record, int by)
    {
        (int references, int crops) = RecordKind.Plain(record.Kind) switch
        {
            RecordKind.Reference => (by, 0),
            RecordKind.Crop => (0, by),
            _ => (0, 0),
        };
        if (references == 0 && crops == 0)
            return;
        if (_people.TryGetValue(record.Person, out var held))
            _people[record.Person] = held with { References = held.References + references, Crops = held.Crops + crops };
    }
}
