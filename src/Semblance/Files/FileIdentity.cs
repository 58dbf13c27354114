namespace Semblance.Files;

/// <summary>
/// Which file or folder a path leads to, however it is spelt: links, other spellings of a folder and, where the system ignores case, other
/// cases of a name have the same identity.
/// </summary>
/// <param name="Volume">The file system.</param>
/// <param name="Number">The file on it.</param>
public readonly record struct FileIdentity(ulong Volume, ulong Number)
{
    /// <summary>The identity of what a path leads to; null where there is nothing.</summary>
    public static FileIdentity? Of(string path) => FileStatus.TryRead(path, out FileStatus status) ? status.Identity : null;

    /// <summary>What a path leads to.</summary>
    public static FileKind KindOf(string path) => FileStatus.TryRead(path, out FileStatus status) ? status.Kind : FileKind.Missing;

    /// <summary>Whether two paths lead to one file or folder that is there.</summary>
    public static bool AreSame(string one, string other) => Of(one) is { } first && Of(other) == first;
}
