using System.Runtime.CompilerServices;
using System.Text;
using Semblance.Files;

namespace Semblance.Server.Access;

/// <summary>The lines of a file that others append to, the newest first, read no further back than is asked for.</summary>
internal static class BackwardLines
{
    private const int Block = 64 * 1024,
        LongestLine = 16 * 1024 * 1024;

    /// <summary>Each line with where it begins. What is not yet ended by a line feed is no line.</summary>
    /// <param name="file">The file; one that is not there has no lines.</param>
    /// <param name="end">Where a line begins: only those before it; null for all.</param>
    /// <param name="gone">Stops reading.</param>
    /// <exception cref="IOException">It is no regular file, cannot be read, or has a line without an end.</exception>
    public static async IAsyncEnumerable<(long Start, string Line)> ReadAsync(
        string file,
        long? end,
        [EnumeratorCancellation] CancellationToken gone
    )
    {
        using FileStream? stream = Open(file);
        if (stream is null)
            yield break;
        bool ended = end is not null;
        long at = Math.Min(end ?? long.MaxValue, stream.Length);
        byte[] rest = [];
        while (at > 0)
        {
            if (rest.Length > LongestLine)
                throw new IOException($"'{file}' has a line of more than {LongestLine} bytes");
            int take = (int)Math.Min(Block, at);
            at -= take;
            byte[] bytes = new byte[take + rest.Length];
            stream.Position = at;
            await stream.ReadExactlyAsync(bytes.AsMemory(0, take), gone).ConfigureAwait(false);
            rest.CopyTo(bytes, take);
            int stop = ended ? bytes.Length : Array.LastIndexOf(bytes, (byte)'\n') + 1;
            ended |= stop > 0;
            while (stop > 1 && Array.LastIndexOf(bytes, (byte)'\n', stop - 2) is >= 0 and int feed)
            {
                yield return (at + feed + 1, Encoding.UTF8.GetString(bytes, feed + 1, stop - feed - 2));
                stop = feed + 1;
            }
            rest = bytes[..stop];
        }
        if (rest.Length > 0)
            yield return (0, Encoding.UTF8.GetString(rest, 0, rest.Length - 1));
    }

    /// <summary>Null where it was deleted meanwhile.</summary>
    private static FileStream? Open(string file)
    {
        try
        {
            return RegularFile.Open(file, FileOptions.Asynchronous);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
