using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Semblance.Gallery.Audit;

/// <summary>
/// Digests of what is held: of a reference with its crop, and of a person with all references. SHA-256, or HMAC-SHA-256 with the secret of
/// an encrypted gallery, which nobody can compute without its key. Lower-case hexadecimal. Immutable, thread-safe.
/// </summary>
public sealed class RecordDigest
{
    private readonly byte[]? _secret;

    private RecordDigest(byte[]? secret) => _secret = secret;

    /// <summary>Without a secret: shows what was altered to whoever keeps a receipt of the log.</summary>
    public static RecordDigest Plain { get; } = new(null);

    /// <summary>Whether there is a secret.</summary>
    public bool IsKeyed => _secret is not null;

    /// <summary>With a secret.</summary>
    /// <param name="secret">32 bytes.</param>
    public static RecordDigest With(ReadOnlySpan<byte> secret) => new(secret.ToArray());

    /// <summary>Digest of a reference: whose it is, vector, baseline, norm, quality, source, ids, tags, lock, time and crop.</summary>
    /// <param name="reference">The reference; its own digest is not looked at.</param>
    /// <param name="crop">The PNG that is kept; empty for none.</param>
    public string Of(FaceReference reference, ReadOnlySpan<byte> crop)
    {
        ArgumentNullException.ThrowIfNull(reference);
        using IncrementalHash hash = Start("semblance-reference-1");
        Add(hash, reference.Id);
        Add(hash, reference.PersonId);
        AddBytes(hash, MemoryMarshal.AsBytes(reference.Vector.Span));
        Add(hash, BitConverter.SingleToUInt32Bits(reference.Norm));
        Add(hash, reference.Baseline is { } baseline ? (long?)BitConverter.SingleToUInt32Bits(baseline) : null);
        Add(hash, reference.Quality is { } quality ? (long?)BitConverter.DoubleToInt64Bits(quality) : null);
        Add(hash, reference.Source);
        Add(hash, reference.SourceHash);
        Add(hash, reference.ExternalId);
        Add(hash, reference.Tags);
        Add(hash, reference.Locked ? 1 : 0);
        Add(hash, reference.EnrolledAt);
        AddBytes(hash, crop.IsEmpty ? [] : SHA256.HashData(crop));
        return Text(hash);
    }

    /// <summary>Digest of a person: details, and the digests of all references.</summary>
    /// <param name="person">The person.</param>
    /// <param name="references">All of theirs, in any order.</param>
    public string Of(Person person, IEnumerable<FaceReference> references)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(references);
        using IncrementalHash hash = Start("semblance-person-1");
        Add(hash, person.Id);
        Add(hash, (long)person.Kind);
        Add(hash, person.Name);
        foreach ((string key, string value) in person.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Add(hash, key);
            Add(hash, value);
        }
        Add(hash, person.Metadata.Count);
        Add(hash, person.ConsentReference);
        Add(hash, person.ExpiresAt);
        Add(hash, person.ExternalId);
        Add(hash, person.Tags);
        Add(hash, person.Cover?.ToString("N"));
        Add(hash, person.Locked ? 1 : 0);
        Add(hash, person.Dismissed);
        Add(hash, person.EnrolledAt);
        foreach (FaceReference reference in references.OrderBy(reference => reference.Id))
        {
            Add(hash, reference.Id);
            Add(hash, reference.Digest);
        }
        return Text(hash);
    }

    /// <summary>Seal of an audit entry.</summary>
    /// <param name="hash">The entry's hash.</param>
    /// <returns>Null without a secret.</returns>
    internal string? SealOf(string hash) =>
        _secret is null ? null : Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes("semblance-seal-1|" + hash)));

    private IncrementalHash Start(string what)
    {
        var hash = _secret is null
            ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256)
            : IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
        Add(hash, what);
        return hash;
    }

    private static string Text(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());

    /// <summary>A length stands before all that has one, so that no two records have the same bytes; none has the length -1.</summary>
    private static void Add(IncrementalHash hash, string? text)
    {
        if (text is null)
            Add(hash, -1);
        else
            AddBytes(hash, Encoding.UTF8.GetBytes(text));
    }

    private static void AddBytes(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, IReadOnlyList<string> texts)
    {
        Add(hash, texts.Count);
        foreach (string text in texts)
            Add(hash, text);
    }

    private static void Add(IncrementalHash hash, Guid id) => hash.AppendData(id.ToByteArray(bigEndian: true));

    private static void Add(IncrementalHash hash, DateTimeOffset? time) => Add(hash, time?.ToUnixTimeMilliseconds());

    private static void Add(IncrementalHash hash, long? number)
    {
        Add(hash, number is null ? 0 : 1);
        Add(hash, number ?? 0);
    }

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
