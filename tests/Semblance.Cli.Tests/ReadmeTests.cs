using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void The_first_two_blocks_are_one_command_each()
    {
        string[][] blocks = [.. ShellBlocks().Take(2)];
        Assert.All(blocks, block => Assert.Single(block));
        Assert.Contains("--annotate", blocks[0][0]);
        Assert.StartsWith("dotnet test", blocks[1][0]);
    }

    [Fact]
    public void Every_link_to_a_file_leads_somewhere()
    {
        string readme = File.ReadAllText(Path.Combine(ReferenceData.Repository, "README.md"));
        foreach (
            System.Text.RegularExpressions.Match link in System.Text.RegularExpressions.Regex.Matches(readme, @"\]\((?!http)([^)#]+)\)")
        )
        {
            string target = Path.Combine(ReferenceData.Repository, link.Groups[1].Value);
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{link.Groups[1].Value} is not there");
        }
    }

    private static IEnumerable<string[]> ShellBlocks()
    {
        List<string>? block = null;
        foreach (string line in File.ReadLines(Path.Combine(ReferenceData.Repository, "README.md")))
        {
            if (line == "```sh")
                block = [];
            else if (line == "```" && block is not null)
            {
                yield return [.. block];
                block = null;
            }
            else
                block?.Add(line);
        }
    }
}
