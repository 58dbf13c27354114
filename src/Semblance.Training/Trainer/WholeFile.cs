using Semblance.Files;

namespace Semblance.Training.Trainer;

/// <summary>Writes files that are there whole or not at all.</summary>
internal static class WholeFile
{
    /// <inheritdoc cref="AtomicFile.Write"/>
    public static void Write(string path, Action<FileStream> write) => AtomicFile.Write(path, write);
}
