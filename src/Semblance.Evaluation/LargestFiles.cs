namespace Semblance.Evaluation;

/// <summary>The most bytes that files may have which are read here; larger ones are refused before they are read.</summary>
internal static class LargestFiles
{
    /// <summary>A picture, compressed.</summary>
    public const long Picture = 256L << 20;

    /// <summary>Labels and lists, which are read line by line.</summary>
    public const long Lines = 4L << 30;

    /// <summary>Labels and reports that are held as one text.</summary>
    public const long Text = 256L << 20;

    /// <summary>Sets of pictures that are held as they are: what one block of memory takes.</summary>
    public static readonly long InMemory = Array.MaxLength;
}
