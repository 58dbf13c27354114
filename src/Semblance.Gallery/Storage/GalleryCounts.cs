namespace Semblance.Gallery.Storage;

/// <summary>How much a gallery holds.</summary>
/// <param name="People">Everybody who is known, expired or not.</param>
/// <param name="ExpiredPeople">Those who have expired.</param>
/// <param name="References">All references of people who have not expired.</param>
/// <param name="ExpiredReferences">Those of people who have.</param>
/// <param name="MatedPairs">Pairs of references of one person, of people who have not expired.</param>
/// <param name="Crops">References whose crop was kept.</param>
/// <param name="Bytes">Size on disk; null where the store cannot tell.</param>
public sealed record GalleryCounts(
    long People,
    long ExpiredPeople,
    long References,
    long ExpiredReferences,
    long MatedPairs,
    long Crops,
    long? Bytes
)
{
    /// <summary>Strangers that are kept, ignored ones among them; they and their references count nowhere else but in the crops.</summary>
    public long Strangers { get; init; }

    /// <summary>People who can be identified.</summary>
    public long ActivePeople => People - ExpiredPeople;

    /// <summary>Pairs of references of different people who have not expired.</summary>
    public long NonMatedPairs => References * (References - 1) / 2 - MatedPairs;
}
