namespace Semblance.Conversion.Architectures;

/// <summary>BlazeFace for cameras that face away from their user: 256x256.</summary>
internal sealed class BlazeFaceBack : BlazeFace
{
    /// <summary>Blocks without stride in front of each block with one, and behind the last.</summary>
    private const int Run = 7;

    /// <summary>Channels of each run and of the block with the stride in front of it.</summary>
    private static readonly int[] Widths = [24, 24, 48, 96];

    /// <summary>Creates the architecture.</summary>
    public BlazeFaceBack()
        : base("blazeface-back", 256) { }

    private protected override (BlazeMap Fine, BlazeMap Coarse) Body(NetworkBuilder b, string x)
    {
        BlazeMap fine = Stem(b, x, "backbone.0");
        // Relu has a number of its own there.
        int number = 2;
        for (int stage = 0; stage < Widths.Length; stage++)
        {
            if (stage > 0)
                fine = Block(b, fine, $"backbone.{number++}", Widths[stage], stride: 2);
            for (int i = 0; i < Run; i++)
                fine = Block(b, fine, $"backbone.{number++}", Widths[stage]);
        }
        return (fine, Last(b, fine, "final", Widths[^1]));
    }
}
