using SkiaSharp;

namespace Semblance.Annotation;

/// <summary>The colours of marks. Every person of a picture has one of their own as long as there are enough.</summary>
internal static class MarkPalette
{
    /// <summary>What is written on a coloured ground.</summary>
    public static readonly SKColor Ink = new(0x0B, 0x1F, 0x1A);

    /// <summary>The ground of labels, lets a little of the picture through.</summary>
    public static readonly SKColor Plate = new(0x10, 0x16, 0x1A, 0xDC);

    /// <summary>The ground of the legend.</summary>
    public static readonly SKColor Panel = new(0x10, 0x16, 0x1A);

    /// <summary>Text on the plate and the panel.</summary>
    public static readonly SKColor Text = new(0xF3, 0xF6, 0xF5);

    /// <summary>Darkens the picture beside a line, so that the line is seen on any ground.</summary>
    public static readonly SKColor Halo = new(0, 0, 0, 0x90);

    private static readonly SKColor Accent = new(0x22, 0xD3, 0xA6);
    private static readonly SKColor Amber = new(0xFF, 0xB0, 0x20);
    private static readonly SKColor Red = new(0xFF, 0x5C, 0x5C);
    private static readonly SKColor Silver = new(0xC3, 0xCB, 0xD1);

    /// <summary>Far from amber, red and grey, which say something else.</summary>
    private static readonly SKColor[] People =
    [
        new(0x22, 0xD3, 0xA6),
        new(0x4F, 0xB8, 0xFF),
        new(0xC0, 0x9B, 0xFF),
        new(0xFF, 0x8F, 0xD0),
        new(0xB4, 0xE8, 0x3C),
        new(0x7C, 0xEB, 0xF2),
        new(0x8F, 0xA4, 0xFF),
        new(0xE8, 0x7B, 0xF7),
        new(0x7B, 0xE4, 0x7B),
        new(0xF2, 0xF0, 0x7A),
    ];

    /// <summary>The colour of every mark. A person keeps the colour from picture to picture, unless two of one picture would share
    /// it.</summary>
    public static SKColor[] ColorsOf(IReadOnlyList<FaceMark> marks)
    {
        Dictionary<string, SKColor> given = [];
        return
        [
            .. marks.Select(mark =>
                mark.Style switch
                {
                    MarkStyle.Stranger => Amber,
                    MarkStyle.Different => Red,
                    MarkStyle.CannotTell => Silver,
                    MarkStyle.Known when mark.Person is { } person => PersonColor(person, given),
                    _ => Accent,
                }
            ),
        ];
    }

    private static SKColor PersonColor(string person, Dictionary<string, SKColor> given)
    {
        if (given.TryGetValue(person, out SKColor color))
            return color;
        int first = (int)(Fnv1A(person) % (uint)People.Length);
        color = Enumerable
            .Range(0, People.Length)
            .Select(step => People[(first + step) % People.Length])
            .FirstOrDefault(candidate => !given.ContainsValue(candidate), People[first]);
        return given[person] = color;
    }

    /// <summary>The same in every run, unlike the hash of the platform (Fowler, Noll, Vo: FNV-1a, 32 bits).</summary>
    private static uint Fnv1A(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
            hash = (hash ^ c) * 16777619;
        return hash;
    }
}
