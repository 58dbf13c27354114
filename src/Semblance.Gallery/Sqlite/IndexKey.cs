namespace Semblance.Gallery.Sqlite;

/// <summary>A reference in the index in memory: its person's number and its own in one, so that no table from one to the other is
/// needed.</summary>
internal readonly record struct IndexKey(int Person, int Reference)
{
    public long Packed => ((long)Person << 32) | (uint)Reference;

    public static IndexKey Of(long packed) => new((int)(packed >> 32), (int)packed);

    /// <exception cref="GalleryException">The numbers have run out.</exception>
    public static IndexKey Of(long person, long reference) =>
        person <= int.MaxValue && reference <= int.MaxValue
            ? new((int)person, (int)reference)
            : throw new GalleryException(
                "more than two thousand million people or references were enrolled over time; export them into a new gallery"
            );
}
