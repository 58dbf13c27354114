using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Semblance.Server.Events;

/// <summary>Signs what is sent to a webhook, so that its receiver knows who sent it, when, and that nothing was changed.</summary>
public static class WebhookSignature
{
    /// <summary>The header that carries it.</summary>
    public const string Header = "X-Semblance-Signature";

    /// <summary><c>t=SECONDS,v1=HEX</c>: HMAC-SHA-256 of <c>SECONDS.BODY</c> with the target's secret.</summary>
    /// <param name="secret">The target's secret.</param>
    /// <param name="at">When it is sent.</param>
    /// <param name="body">What is sent.</param>
    public static string Of(string secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        string seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(seconds + "."), .. body];
        return $"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }
}
