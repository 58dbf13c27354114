namespace Semblance.Client;

/// <summary>Why a picture was not enrolled.</summary>
/// <param name="Reason">Stable name for programs.</param>
/// <param name="Message">In words.</param>
public sealed record RejectionAnswer(string Reason, string Message);
