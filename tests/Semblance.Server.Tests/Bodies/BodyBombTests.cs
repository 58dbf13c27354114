using System.Text;
using System.Text.Json;
using Semblance.Server.Bodies;
using Semblance.Server.Failures;

namespace Semblance.Server.Tests.Bodies;

/// <summary>Bodies that would take many times their size in memory once they are understood.</summary>
public sealed class BodyBombTests
{
    private const int Size = 32 << 20;

    private static readonly RequestLimits Limits = new();

    [Fact]
    public void Json_of_very_many_values_is_refused_before_it_is_taken_apart()
    {
        byte[] bomb = [.. Encoding.ASCII.GetBytes("[" + string.Concat(Enumerable.Repeat("0,", Size / 2)) + "0]")];
        long before = GC.GetAllocatedBytesForCurrentThread();
        JsonException refused = Assert.Throws<JsonException>(() => BodyJson.Open(bomb, 16));
        Assert.Contains("more than 1000000", refused.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Json_that_is_large_by_a_picture_is_read()
    {
        byte[] json = Encoding.ASCII.GetBytes($"{{\"image\":\"{new string('A', 4 << 20)}\"}}");
        using JsonDocument document = BodyJson.Open(json, 16);
        Assert.Equal(4 << 20, document.RootElement.GetProperty("image").GetString()!.Length);
    }

    [Theory]
    [InlineData("a&")]
    [InlineData("a=1&")]
    public void Form_of_very_many_pairs_is_refused_before_it_is_taken_apart(string pair)
    {
        byte[] bomb = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(pair, Size / pair.Length)));
        using RequestMemory memory = NewMemory();
        long before = GC.GetAllocatedBytesForCurrentThread();
        RequestException refused = Assert.Throws<RequestException>(() => FormBody.Read(bomb, Limits, memory));
        Assert.Equal("too-many-parts", refused.Code);
        // Two blocks of 16 KiB for every pair.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 << 20);
    }

    [Fact]
    public void Form_is_decoded_as_browsers_write_it()
    {
        using RequestMemory memory = NewMemory();
        List<BodyPart> parts = FormBody.Read("user+id=Ada%20L%C3%B6we+%2B%zz%4&empty=&&flag&%61=%FF"u8, Limits, memory);
        Assert.Equal(["user id", "empty", "flag", "a"], parts.Select(part => part.Name));
        Assert.Equal(["Ada Löwe +%zz%4", "", ""], parts[..3].Select(part => part.Text));
        Assert.Throws<RequestException>(() => parts[3].Text);
    }

    private static RequestMemory NewMemory() => new(new(), new(1 << 30), Sender.Known);
}
