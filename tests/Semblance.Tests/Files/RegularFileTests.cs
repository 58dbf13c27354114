using System.Diagnostics;
using System.Text;
using Semblance.Files;

namespace Semblance.Tests.Files;

public sealed class RegularFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("semblance-regular-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Pipe_is_refused_instead_of_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pipes have no names in folders");
        string pipe = Path.Combine(_folder, "b.jpg");
        using (Process make = Process.Start("mkfifo", pipe))
            make.WaitForExit();

        IOException error = Assert.Throws<IOException>(() => RegularFile.Open(pipe));

        Assert.Contains("a pipe", error.Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => RegularFile.OpenHandle(pipe));
        Assert.Throws<IOException>(() => RegularFile.OpenText(pipe, 1000));
        Assert.Throws<IOException>(() => RegularFile.Open("/dev/zero"));
    }

    [Fact]
    public void File_above_the_limit_is_not_read()
    {
        string path = Path.Combine(_folder, "sparse");
        using (FileStream file = File.Create(path))
            file.SetLength(1L << 40);

        IOException error = Assert.Throws<IOException>(() => RegularFile.ReadAllBytes(path, 1000));

        Assert.Contains("the limit is 1000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_read_as_the_byte_order_mark_says()
    {
        string path = Path.Combine(_folder, "list.txt");
        foreach (Encoding encoding in new Encoding[] { new UTF8Encoding(false), Encoding.UTF8, Encoding.Unicode, Encoding.UTF32 })
        {
            File.WriteAllText(path, "Łucja\r\nBea\n", encoding);

            Assert.Equal(["Łucja", "Bea"], RegularFile.ReadLines(path, 1000));
        }
    }

    [Fact]
    public void Binary_data_is_no_text()
    {
        string path = Path.Combine(_folder, "sparse");
        using (FileStream file = File.Create(path))
            file.SetLength(1L << 30);

        Assert.Contains(
            "no text",
            Assert.Throws<IOException>(() => RegularFile.OpenText(path, 1L << 31)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains("the limit", Assert.Throws<IOException>(() => RegularFile.OpenText(path, 1000)).Message, StringComparison.Ordinal);
    }
}
