namespace Semblance.Cli.Commands.Gallery;

/// <summary>What may be typed for a gallery: an address, or the file of an SQLite one.</summary>
internal static class StoreAddress
{
    /// <summary>Letters before a colon that a scheme has at least; one is a drive.</summary>
    private const int ShortestScheme = 2;

    /// <summary>The address.</summary>
    public static string Of(string typed)
    {
        int colon = typed.IndexOf(':', StringComparison.Ordinal);
        bool hasScheme = colon >= ShortestScheme && typed.AsSpan(0, colon).IndexOfAnyExcept(SchemeCharacters) < 0;
        return hasScheme ? typed : "sqlite:" + typed;
    }

    private static readonly System.Buffers.SearchValues<char> SchemeCharacters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-"
    );
}
