namespace Semblance.Client;

/// <summary>Where the service is, and with which key it is asked.</summary>
public sealed class SemblanceClientOptions
{
    /// <summary>Address of the service, e.g. <c>http://127.0.0.1:8080</c>.</summary>
    public Uri Address { get; set; } = new("http://127.0.0.1:8080");

    /// <summary>The key; null for a service without keys.</summary>
    public string? Key { get; set; }

    /// <summary>The gallery that requests about people name; null for the key's or the service's first.</summary>
    public string? Gallery { get; set; }
}
