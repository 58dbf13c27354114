using SkiaSharp;

namespace Semblance.Annotation;

/// <summary>The embedded font: the image library's Linux build finds none of the system's and would draw nothing.</summary>
public static class AnnotationFont
{
    private const string Resource = "Semblance.Annotation.Fonts.Inter-Medium.otf";

    private static readonly Lazy<SKTypeface> Loaded = new(() => SKTypeface.FromStream(Open()));

    /// <summary>Inter Medium.</summary>
    public static SKTypeface Typeface => Loaded.Value;

    /// <summary>Whether the font has every character of a text; it has Latin, Greek and Cyrillic letters.</summary>
    /// <param name="text">What would be drawn.</param>
    public static bool Draws(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        using SKFont font = new(Typeface);
        return font.ContainsGlyphs(text);
    }

    /// <summary>The font file.</summary>
    public static Stream Open() => typeof(AnnotationFont).Assembly.GetManifestResourceStream(Resource)!;
}
