using System.Text.Json;
using Semblance.Json;

namespace Semblance.Tests.Json;

public sealed class ReadableEncoderTests
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = SemblanceJson.Encoder };

    [Theory]
    [InlineData("王小明")]
    [InlineData("😀")]
    [InlineData("a😀b👩‍🚀")]
    [InlineData("Zoë <O'Neil> & Łucja")]
    public void Names_stay_readable(string name) => Assert.Equal($"\"{name}\"", JsonSerializer.Serialize(name, Options));

    [Theory]
    [InlineData(
        "say \"😀\"",
        """
            "say \"😀\""
            """
    )]
    [InlineData(
        "😀\\\n",
        """
            "😀\\\n"
            """
    )]
    public void What_json_demands_is_escaped_beside_emoji(string text, string expected) =>
        Assert.Equal(expected, JsonSerializer.Serialize(text, Options));

    [Fact]
    public void Half_a_character_becomes_the_replacement_character() =>
        Assert.Equal("\"a\uFFFDb\"", JsonSerializer.Serialize("a\uD83Db", Options));
}
