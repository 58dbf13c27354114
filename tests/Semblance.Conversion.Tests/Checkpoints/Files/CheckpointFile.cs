using Semblance.Conversion.Checkpoints;
using Semblance.Conversion.Weights;

namespace Semblance.Conversion.Tests.Checkpoints.Files;

/// <summary>A checkpoint in a temporary file.</summary>
internal sealed class CheckpointFile : IDisposable
{
    private readonly Checkpoint _checkpoint;

    public CheckpointFile(byte[] bytes)
    {
        Path = Write(bytes);
        try
        {
            _checkpoint = Checkpoint.Open(Path);
        }
        catch
        {
            File.Delete(Path);
            throw;
        }
    }

    public string Path { get; }

    public IReadOnlyList<CheckpointPart> Parts => _checkpoint.Parts;

    /// <summary>The only dictionary of tensors.</summary>
    public StateDict Weights => Assert.Single(Parts).Weights;

    /// <summary>Why a file is refused.</summary>
    public static string Refusal(byte[] bytes) =>
        Assert
            .Throws<ConversionException>(() =>
            {
                using CheckpointFile file = new(bytes);
            })
            .Message;

    public static string Write(byte[] bytes)
    {
        string path = System.IO.Path.GetTempFileName();
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose()
    {
        _checkpoint.Dispose();
        File.Delete(Path);
    }
}
