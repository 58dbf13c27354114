namespace Semblance.Conversion.Architectures;

/// <summary>BlazeFace for cameras that face their user: 128x128.</summary>
internal sealed class BlazeFaceFront : BlazeFace
{
    /// <summary>Channels and stride of the blocks up to the 16x16 map.</summary>
    private static readonly (int Channels, int Stride)[] Fine =
    [
        (24, 1),
        (28, 1),
        (32, 2),
        (36, 1),
        (42, 1),
        (48, 2),
        (56, 1),
        (64, 1),
        (72, 1),
        (80, 1),
        (88, 1),
    ];

    private static readonly (int Channels, int Stride)[] Coarse = [(96, 2), (96, 1), (96, 1), (96, 1), (96, 1)];

    /// <summary>Creates the architecture.</summary>
    public BlazeFaceFront()
        : base("blazeface-front", 128) { }

    private protected override (BlazeMap Fine, BlazeMap Coarse) Body(NetworkBuilder b, string x)
    {
        BlazeMap fine = Stem(b, x, "backbone1.0");
        // Relu has a number of its own there.
        for (int i = 0; i < Fine.Length; i++)
            fine = Block(b, fine, $"backbone1.{i + 2}", Fine[i].Channels, Fine[i].Stride);
        BlazeMap coarse = fine;
        for (int i = 0; i < Coarse.Length; i++)
            coarse = Block(b, coarse, $"backbone2.{i}", Coarse[i].Channels, Coarse[i].Stride);
        return (fine, coarse);
    }
}
