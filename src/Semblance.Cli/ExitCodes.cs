namespace Semblance.Cli;

/// <summary>What errors mean to the caller of the process: the one place where categories become exit codes.</summary>
internal static class ExitCodes
{
    public static ExitCode Of(ErrorCategory category) =>
        category switch
        {
            ErrorCategory.ImageNotFound
            or ErrorCategory.ImageUnreadable
            or ErrorCategory.ImageFormat
            or ErrorCategory.TooLarge
            or ErrorCategory.NoFace
            or ErrorCategory.SeveralFaces => ExitCode.NoneUsable,
            ErrorCategory.Storage or ErrorCategory.Network or ErrorCategory.Internal => ExitCode.Failed,
            ErrorCategory.Cancelled => ExitCode.Cancelled,
            _ => ExitCode.Usage,
        };
}
