using Semblance.TestSupport;

namespace Semblance.Tests.Architecture;

public sealed class LayoutTests
{
    private const int Columns = 140;

    [Fact]
    public void Lines_end_at_140_columns()
    {
        string[] sources =
        [
            .. Directory
                .EnumerateFiles(Path.Combine(ReferenceData.Repository, "src"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")),
        ];
        Assert.NotEmpty(sources);
        string[] tooLong =
        [
            .. sources.SelectMany(file =>
                File.ReadLines(file)
                    .Select((line, i) => (Line: line, Number: i + 1))
                    .Where(one => one.Line.Length > Columns)
                    .Select(one => $"{Path.GetRelativePath(ReferenceData.Repository, file)}:{one.Number}")
            ),
        ];
        Assert.Empty(tooLong);
    }
}
