namespace Semblance.Cli;

/// <summary>What the process tells its caller.</summary>
internal enum ExitCode
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>The answer is no.</summary>
    No = 1,

    /// <summary>Wrong usage, configuration or model, or an unsupported rate.</summary>
    Usage = 2,

    /// <summary>Some inputs failed, the rest is done.</summary>
    SomeFailed = 3,

    /// <summary>No input could be used.</summary>
    NoneUsable = 4,

    /// <summary>The work failed for another reason.</summary>
    Failed = 5,

    /// <summary>The pictures do not allow an answer at the rate asked for.</summary>
    CannotTell = 6,

    /// <summary>Cancelled.</summary>
    Cancelled = 130,
}
