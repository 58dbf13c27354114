using SkiaSharp;

namespace Semblance.Hiding;

/// <summary>How faces are hidden.</summary>
public sealed record HideOptions
{
    /// <summary>The default options.</summary>
    public static HideOptions Default { get; } = new();

    /// <summary>What a hidden face looks like.</summary>
    public HideStyle Style { get; init; } = HideStyle.Blur;

    /// <summary>
    /// How far beyond the detector's box is hidden, in parts of the box's width and height on each side: hair, ears and chin tell who
    /// somebody is too.
    /// </summary>
    public float Margin { get; init; } = 0.25f;

    /// <summary>The format of the file that the copy is written to: JPEG, PNG or WebP. The copy is checked as that file shows it.</summary>
    public SKEncodedImageFormat Format { get; init; } = SKEncodedImageFormat.Jpeg;

    /// <summary>Quality of JPEG and WebP, 1 to 100.</summary>
    public int Quality { get; init; } = 92;

    /// <summary>Names all that is wrong.</summary>
    /// <exception cref="InvalidOptionsException">Something is wrong.</exception>
    public void Validate()
    {
        List<string> problems = [];
        if (!Enum.IsDefined(Style))
            problems.Add($"{nameof(Style)} is {Style}, which is not known");
        if (Format is not (SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp))
            problems.Add($"{nameof(Format)} is {Format}, JPEG, PNG and WebP are written");
        if (!(Margin is >= 0 and <= 2))
            problems.Add(FormattableString.Invariant($"{nameof(Margin)} is {Margin}, it lies between 0 and 2"));
        if (Quality is < 1 or > 100)
            problems.Add(FormattableString.Invariant($"{nameof(Quality)} is {Quality}, it lies between 1 and 100"));
        InvalidOptionsException.ThrowIfAny(nameof(HideOptions), problems);
    }
}
