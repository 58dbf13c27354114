namespace Semblance.Client;

/// <summary>Why a picture of a batch could not be analysed.</summary>
/// <param name="Code">Stable name for programs.</param>
/// <param name="Message">In words.</param>
public sealed record ErrorAnswer(string Code, string Message);
