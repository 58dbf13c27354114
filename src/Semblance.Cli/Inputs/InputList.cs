using System.Text;

namespace Semblance.Cli.Inputs;

/// <summary>The list of <c>-</c>: names of files, one a line; UTF-8, or as its byte order mark says.</summary>
internal static class InputList
{
    /// <summary>Names of about a million files.</summary>
    private const int LargestList = 128 << 20;

    /// <summary>Reads a list to its end.</summary>
    /// <exception cref="NoInputException">It is no text: a picture, perhaps, that was meant to be read itself.</exception>
    public static IReadOnlyList<string> Read(Stream stream)
    {
        using MemoryStream bytes = new();
        byte[] block = new byte[1 << 16];
        for (int read; (read = stream.Read(block)) > 0; )
        {
            bytes.Write(block, 0, read);
            if (bytes.Length > LargestList)
                throw new NoInputException($"-: more than {LargestList >> 20} MB on standard input are no list of file names");
        }
        bytes.Position = 0;
        using StreamReader reader = new(bytes, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        string text = reader.ReadToEnd();
        return text.Contains('\0')
            ? throw new NoInputException("-: a list of file names was expected on standard input, this is no text; name pictures as files")
            : text.Split('\n');
    }
}
