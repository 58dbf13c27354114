using System.Globalization;

namespace Semblance.Files;

/// <summary>Places for files that are not there yet: nothing that is there is ever replaced.</summary>
public static class NewFile
{
    /// <summary>Names that are tried before giving up.</summary>
    private const int MostNames = 10_000;

    /// <summary>The first name of a row that is free: <c>a.jpg</c>, <c>a (2).jpg</c>, <c>a (3).jpg</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The name that is wished for.</param>
    /// <param name="isTaken">What else counts as taken.</param>
    /// <exception cref="IOException">All are taken.</exception>
    public static string FreePath(string folder, string name, Func<string, bool>? isTaken = null)
    {
        for (int number = 1; number <= MostNames; number++)
        {
            string path = Path.Combine(folder, Numbered(name, number));
            if (!Path.Exists(path) && !IsDanglingLink(path) && isTaken?.Invoke(path) != true)
                return path;
        }
        throw new IOException($"{Path.Combine(folder, name)}: {MostNames} files of that name are there");
    }

    /// <summary>A name of the row.</summary>
    /// <param name="name">The name that is wished for.</param>
    /// <param name="number">1 for the name itself.</param>
    public static string Numbered(string name, int number) =>
        number == 1
            ? name
            : string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(name)} ({number}){Path.GetExtension(name)}");

    /// <summary>Writes a file under the first free name of a row. It appears whole or not at all.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="name">The name that is wished for.</param>
    /// <param name="write">Writes what is in it.</param>
    /// <returns>Where it is.</returns>
    public static string Write(string folder, string name, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Directory.CreateDirectory(folder);
        string unfinished = Path.Combine(folder, $".{Guid.NewGuid():N}.new");
        try
        {
            using (FileStream file = new(unfinished, FileMode.CreateNew, FileAccess.Write))
                write(file);
            while (true)
            {
                string path = FreePath(folder, name);
                try
                {
                    File.Move(unfinished, path, overwrite: false);
                    return path;
                }
                catch (IOException) when (Path.Exists(path))
                {
                    // Somebody else took the name in between.
                }
            }
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static bool IsDanglingLink(string path) => new FileInfo(path).LinkTarget is not null;
}
