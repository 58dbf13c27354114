using Semblance.Server.Keys;

namespace Semblance.Server.Tests.Keys;

public sealed class KeyFileTests
{
    [Fact]
    public void File_keeps_hashes_alone_and_only_its_owner_may_read_it()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("semblance-keys-");
        try
        {
            KeyFile file = new(Path.Combine(folder.FullName, "keys.json"));
            NewKey made = file.Create(new("door", KeyRoles.Identify));
            string text = File.ReadAllText(file.Path);
            Assert.DoesNotContain(made.Text, text, StringComparison.Ordinal);
            Assert.DoesNotContain(made.Text[(made.Text.LastIndexOf('_') + 1)..], text, StringComparison.Ordinal);
            Assert.Contains(KeyText.HashOf(made.Text), text, StringComparison.Ordinal);
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.Path));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("""{"keys":[null]}""")]
    [InlineData("""{"keys":[{"id":null,"name":"n","roles":[],"sha256":"","createdAt":"2026-01-01T00:00:00Z"}]}""")]
    [InlineData("""{"keys":[{"id":"a","name":"n","roles":[null],"sha256":"","createdAt":"2026-01-01T00:00:00Z"}]}""")]
    [InlineData("""{"keys":[{"id":"a","name":"n","roles":["admin"],"sha256":"zz","createdAt":"2026-01-01T00:00:00Z"}]}""")]
    public void File_that_is_none_is_refused_by_its_name(string content)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("semblance-keys-");
        try
        {
            KeyFile file = new(Path.Combine(folder.FullName, "keys.json"));
            File.WriteAllText(file.Path, content);

            Assert.Contains(
                "keys.json is no file of keys",
                Assert.Throws<ArgumentException>(() => file.Read()).Message,
                StringComparison.Ordinal
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Key_has_256_random_bits_and_compreface_takes_a_guid()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("semblance-keys-");
        try
        {
            KeyFile file = new(Path.Combine(folder.FullName, "keys.json"));
            string[] texts = [.. Enumerable.Range(0, 20).Select(_ => file.Create(new("k", KeyRoles.Analyse)).Text)];
            Assert.Equal(20, texts.Distinct().Count());
            Assert.All(texts, text => Assert.Equal(43, text.Split('_', 3)[2].Length));
            NewKey guid = file.Create(new("c", KeyRoles.Analyse) { CompreFace = CompreFaceService.Detection });
            Assert.True(Guid.TryParseExact(guid.Text, "d", out _));
            Assert.Throws<KeyNotFoundException>(() => file.Revoke("none"));
            ArgumentException wrong = Assert.Throws<ArgumentException>(() =>
                file.Create(new("k\n", KeyRoles.None) { RequestsPerMinute = 0, ExpiresAt = DateTimeOffset.UnixEpoch })
            );
            foreach (string part in new[] { "not seen", "needs a role", "0 requests a minute", "expired already" })
                Assert.Contains(part, wrong.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
