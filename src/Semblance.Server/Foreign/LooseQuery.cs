namespace Semblance.Server.Foreign;

/// <summary>
/// A query as clients really send it: every separator may be a <c>?</c> as well as an <c>&amp;</c>, the first pair may be empty. It is
/// split before it is decoded, so a real question mark comes as <c>%3F</c>.
/// </summary>
internal sealed class LooseQuery
{
    private readonly List<(string Name, string Value)> _pairs = [];

    /// <param name="query">As it came, with or without its first <c>?</c>.</param>
    public LooseQuery(string? query)
    {
        foreach (string pair in (query ?? "").Split('?', '&'))
        {
            if (pair.Length == 0)
                continue;
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            _pairs.Add(equals < 0 ? (Decode(pair), "") : (Decode(pair[..equals]), Decode(pair[(equals + 1)..])));
        }
    }

    /// <summary>The first value of a name; null for none.</summary>
    public string? this[string name] => _pairs.FirstOrDefault(pair => pair.Name == name).Value;

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
