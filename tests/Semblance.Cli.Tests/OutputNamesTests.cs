using System.Text;
using Semblance.Cli.Output;

namespace Semblance.Cli.Tests;

public sealed class OutputNamesTests
{
    private readonly OutputNames _names = new("out");

    [Fact]
    public void A_file_is_called_as_its_picture() => Assert.Equal(Path.Combine("out", "party.jpg"), _names.For("photos/party.png", ".jpg"));

    [Fact]
    public void A_name_that_is_taken_is_numbered_whatever_its_case()
    {
        _names.For("a/party.png", ".jpg");
        Assert.Equal(Path.Combine("out", "PARTY-2.jpg"), _names.For("b/PARTY.jpg", ".jpg"));
        Assert.Equal(Path.Combine("out", "party-3.jpg"), _names.For("c/party.jpg", ".jpg"));
        Assert.Equal(Path.Combine("out", "party-2-2.jpg"), _names.For("c/party-2.jpg", ".jpg"));
    }

    [Fact]
    public void Files_of_faces_sort_by_their_number()
    {
        IReadOnlyList<string> files = _names.ForFaces("a/party.png", 12, ".png");
        Assert.Equal(files.Order(StringComparer.Ordinal), files);
        Assert.Equal(Path.Combine("out", "party-01.png"), files[0]);
        Assert.Equal([Path.Combine("out", "party-2-1.png")], _names.ForFaces("b/party.png", 1, ".png"));
    }

    [Fact]
    public void A_name_is_cut_between_characters_where_it_would_be_too_long()
    {
        string name = string.Concat(Enumerable.Repeat("😀", 62));
        string[] made = [.. Enumerable.Range(0, 12).Select(i => Path.GetFileName(_names.For($"{i}/{name}.jpg", ".jpg")))];
        Assert.All(made, file => Assert.InRange(Encoding.UTF8.GetByteCount(file), 200, 255));
        Assert.Equal(12, made.Distinct().Count());
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(made[0])));
    }
}
