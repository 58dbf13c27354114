using Semblance.Writing;

namespace Semblance.Tests.Writing;

public class PlainTextTests
{
    [Theory]
    [InlineData("a\u001b[31mb", @"a\u001B[31mb")]
    [InlineData("forged\nline", @"forged\u000Aline")]
    [InlineData("c1\u009bcsi", @"c1\u009Bcsi")]
    [InlineData("gpj.\u202etext", @"gpj.\u202Etext")]
    [InlineData("isolate\u2066", @"isolate\u2066")]
    [InlineData("line\u2028para\u2029", @"line\u2028para\u2029")]
    [InlineData("tag\U000E0041", @"tag\uDB40\uDC41")]
    public void Escape_writes_what_steers_a_screen_as_code(string text, string expected) => Assert.Equal(expected, PlainText.Escape(text));

    /// <summary>Not as inline data, which would be made whole.</summary>
    [Fact]
    public void Half_a_character_is_written_as_code_and_forbidden()
    {
        Assert.Equal(@"half\uD83D", PlainText.Escape("half\ud83d"));
        Assert.Equal("half a character (U+DC00)", PlainText.FindForbidden("\udc00"));
    }

    [Theory]
    [InlineData("Zoë Müller-Østergård")]
    [InlineData("می\u200cخواهم")]
    [InlineData("क्\u200dष")]
    [InlineData("👩\u200d🚀 C:\\photos")]
    [InlineData("")]
    public void Escape_leaves_names_of_all_scripts_as_they_are(string name)
    {
        Assert.Same(name, PlainText.Escape(name));
        Assert.Null(PlainText.FindForbidden(name));
    }

    [Fact]
    public void Escape_keeps_line_breaks_where_text_has_several_lines() =>
        Assert.Equal("a\n\\u001Bb", PlainText.Escape("a\n\u001bb", "\n"));

    [Theory]
    [InlineData("a\u0007", "U+0007, a control character")]
    [InlineData("a\u200f", "U+200F, which changes the direction of writing")]
    [InlineData("a\u2028", "U+2028, a line separator")]
    [InlineData("a\U000E007F", "U+E007F, an invisible tag")]
    public void FindForbidden_names_the_character(string text, string expected) => Assert.Equal(expected, PlainText.FindForbidden(text));
}
