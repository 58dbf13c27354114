namespace Semblance.Cli;

/// <summary>The command was used wrongly; the message says what to do.</summary>
internal sealed class UsageException(string message) : Exception(message);
