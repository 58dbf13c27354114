namespace Semblance.Server.Api;

/// <summary>What the API's description says of a route; metadata of its endpoint.</summary>
/// <param name="Body">What the body is.</param>
/// <param name="Parameters">Values of the query, each with what it means.</param>
/// <param name="Answer">An example of the answer, JSON; null where there is none.</param>
internal sealed record RouteDoc(BodyKind Body, IReadOnlyList<(string Name, string Meaning)> Parameters, string? Answer)
{
    /// <summary>An example of a JSON body.</summary>
    public string? BodyExample { get; init; }
}

/// <summary>What a body is.</summary>
internal enum BodyKind
{
    /// <summary>None.</summary>
    None,

    /// <summary>One picture: multipart <c>image</c>, raw, or base64 JSON.</summary>
    Picture,

    /// <summary>Two pictures, <c>a</c> and <c>b</c>.</summary>
    Pair,

    /// <summary>Any number of pictures, <c>image</c>.</summary>
    Pictures,

    /// <summary>A JSON object.</summary>
    Json,
}
