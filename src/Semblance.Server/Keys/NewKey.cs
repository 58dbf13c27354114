namespace Semblance.Server.Keys;

/// <summary>A key that was just made: the only time that its text is there.</summary>
/// <param name="Key">What is kept.</param>
/// <param name="Text">What the client sends; shown once.</param>
public sealed record NewKey(StoredKey Key, string Text);
