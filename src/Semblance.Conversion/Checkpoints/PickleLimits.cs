namespace Semblance.Conversion.Checkpoints;

/// <summary>What a pickle may ask for. The largest checkpoints of the networks known here, optimizers included, stay far below all of
/// these.</summary>
internal static class PickleLimits
{
    /// <summary>Operations, and so also values, stack places and memo entries.</summary>
    public const int Operations = 500_000;

    /// <summary>Values on the stack at once.</summary>
    public const int StackDepth = 100_000;

    /// <summary>Marks on the stack at once: how deep containers are nested while they are built.</summary>
    public const int Nesting = 200;

    /// <summary>Bytes of all texts and byte strings together.</summary>
    public const long TextBytes = 32 << 20;

    /// <summary>
    /// Items that calls such as <c>list(x)</c> may copy in all: the only operations whose cost is not that of the bytes which describe
    /// them.
    /// </summary>
    public const int CopiedItems = 1_000_000;

    /// <summary>Bytes of one whole number.</summary>
    public const int NumberBytes = 64;

    /// <summary>Letters of a global's module or name.</summary>
    public const int NameLength = 256;
}
