namespace Semblance.Training.Trainer;

/// <summary>Writes files that are there whole or not at all: beside the old file, and moved over it when all is on the disk.</summary>
internal static class WholeFile
{
    /// <summary>Writes one.</summary>
    /// <param name="path">The file; replaced when it is there.</param>
    /// <param name="write">Writes what is in it.</param>
    /// <exception cref="IOException">The disk is full or the file cannot be written; an older file is as it was.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        string temporary = path + ".tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
