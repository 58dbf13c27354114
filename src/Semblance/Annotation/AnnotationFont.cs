using SkiaSharp;

namespace Semblance.Annotation;

/// <summary>The embedded font: the image library's Linux build finds none of the system's and would draw nothing.</summary>
public static class AnnotationFont
{
    private const string Resource = "Semblance.Annotation.Fonts.Inter-Medium.otf";

    private static readonly Lazy<SKTypeface> Loaded = new(() => SKTypeface.FromStream(Open()));

    /// <summary>Inter Medium.</summary>
    public static SKTypeface Typeface => Loaded.Value;

    /// <summary>The font file.</summary>
    public static Stream Open() => typeof(AnnotationFont).Assembly.GetManifestResourceStream(Resource)!;
}
