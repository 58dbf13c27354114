namespace Semblance.Cli.Output;

/// <summary>Files that only their owner may read (mode 0600 where there are modes). They appear under their name when they are whole, and
/// replace what was there with its mode.</summary>
internal static class PrivateFile
{
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken stop)
    {
        string unfinished = $"{path}.{Guid.NewGuid():N}.new";
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            await using (FileStream file = new(unfinished, options))
                await file.WriteAsync(content, stop).ConfigureAwait(false);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
