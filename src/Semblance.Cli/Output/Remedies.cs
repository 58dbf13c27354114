using Semblance.Models;
using Semblance.Models.Pulling;

namespace Semblance.Cli.Output;

/// <summary>Errors with what to do about them, in the words of the command line where it has better ones than the library.</summary>
internal static class Remedies
{
    /// <summary>The message and, after a semicolon, the remedy.</summary>
    public static string Advice(Exception error) =>
        error is not SemblanceException known ? error.Message
        : Of(known) is { } remedy ? $"{known.Message}; {remedy}"
        : known.Message;

    private static string? Of(SemblanceException error) =>
        error switch
        {
            ModelException { IsPullable: true } missing => $"'semblance models pull {missing.Model}' does that",
            PullException { Remedy: not null } => $"leave out --offline and {PullOptions.OfflineVariable}",
            _ => error.Remedy,
        };
}
