namespace Semblance.TestSupport.Docs;

/// <summary>What a document tells people to type after the program's name.</summary>
/// <param name="Place">Page and line, for messages.</param>
/// <param name="Words">The words after <c>semblance</c>.</param>
/// <param name="IsWhole">Whether it is a line to be typed as it stands. Others name a command in a sentence, or several side by side, and
/// may lack what the command needs.</param>
internal sealed record DocumentedLine(string Place, IReadOnlyList<string> Words, bool IsWhole)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Place}: semblance {string.Join(' ', Words)}";
}
