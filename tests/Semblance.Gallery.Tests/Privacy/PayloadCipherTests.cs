using Semblance.Gallery.Privacy;

namespace Semblance.Gallery.Tests.Privacy;

public sealed class PayloadCipherTests
{
    private static readonly Guid Record = new("0193a7c4-1111-7000-8000-000000000001");
    private readonly PayloadCipher _cipher = new(EncryptionKey.Parse(new string('7', 64), "test"));

    [Fact]
    public void Cipher_opens_what_it_sealed_and_never_seals_alike()
    {
        byte[] plain = [1, 2, 3, 4],
            once = _cipher.Seal(plain, Record, PayloadKind.Vector),
            twice = _cipher.Seal(plain, Record, PayloadKind.Vector);

        Assert.Equal(plain, _cipher.Open(once, Record, PayloadKind.Vector));
        Assert.NotEqual(once, twice);
        Assert.Equal(plain.Length + PayloadCipher.Overhead, once.Length);
    }

    [Fact]
    public void Cipher_refuses_altered_moved_and_foreign_bytes()
    {
        byte[] sealedBytes = _cipher.Seal([1, 2, 3, 4], Record, PayloadKind.Vector),
            altered = [.. sealedBytes];
        altered[14] ^= 1;

        Assert.Throws<GalleryException>(() => _cipher.Open(altered, Record, PayloadKind.Vector));
        Assert.Throws<GalleryException>(() => _cipher.Open(sealedBytes, Guid.NewGuid(), PayloadKind.Vector));
        Assert.Throws<GalleryException>(() => _cipher.Open(sealedBytes, Record, PayloadKind.Crop));
        Assert.Throws<GalleryException>(() => _cipher.Open(sealedBytes.AsSpan(0, 20), Record, PayloadKind.Vector));
        Assert.Throws<GalleryException>(() => new PayloadCipher(EncryptionKey.Generate()).Open(sealedBytes, Record, PayloadKind.Vector));
    }

    [Fact]
    public void Key_is_read_as_hexadecimal_or_base64_and_named_without_being_shown()
    {
        byte[] bytes = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 7))];
        EncryptionKey hex = EncryptionKey.Parse(Convert.ToHexString(bytes) + "\n", "test"),
            base64 = EncryptionKey.Parse(Convert.ToBase64String(bytes), "test");

        Assert.Equal(hex.Id, base64.Id);
        Assert.DoesNotContain(hex.Id, Convert.ToHexStringLower(bytes), StringComparison.Ordinal);
        foreach (string wrong in new[] { "", "abc", new string('z', 64), Convert.ToBase64String(bytes[..31]) })
        {
            string message = Assert.Throws<GalleryException>(() => EncryptionKey.Parse(wrong, "people.key")).Message;
            Assert.Contains("people.key", message, StringComparison.Ordinal);
        }
    }
}
