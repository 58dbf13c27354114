using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Semblance.Server.Hosting;

/// <summary>An address to listen at.</summary>
/// <param name="Address">The interface.</param>
/// <param name="Port">The port; 0 takes a free one.</param>
internal sealed record ListenAddress(IPAddress Address, int Port)
{
    /// <summary>Whether only programs of the same machine can reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>Reads <c>ADDRESS:PORT</c>, <c>localhost:PORT</c>, <c>*:PORT</c>, <c>[ADDRESS]:PORT</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? address)
    {
        address = null;
        int colon = text.LastIndexOf(':');
        if (colon < 1 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
            return false;
        string host = text[..colon];
        IPAddress? parsed = host switch
        {
            "localhost" => IPAddress.Loopback,
            "*" => IPAddress.IPv6Any,
            ['[', .. string inner, ']'] => IPAddress.TryParse(inner, out IPAddress? v6) ? v6 : null,
            _ => !host.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(host, out IPAddress? v4) ? v4 : null,
        };
        if (parsed is null)
            return false;
        address = new(parsed, port);
        return true;
    }
}
