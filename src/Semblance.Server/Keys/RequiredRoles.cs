namespace Semblance.Server.Keys;

/// <summary>What a route asks of the key; metadata of its endpoint.</summary>
/// <param name="Roles">One of these roles is enough; none: any key.</param>
internal sealed record RequiredRoles(KeyRoles Roles)
{
    /// <summary>No key is needed at all.</summary>
    public bool Open { get; init; }

    /// <summary>The route reads the key itself, because its clients send it in the body.</summary>
    public bool Deferred { get; init; }

    /// <summary>The service of CompreFace that the route belongs to.</summary>
    public CompreFaceService? CompreFace { get; init; }
}
