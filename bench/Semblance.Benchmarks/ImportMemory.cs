using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Semblance.Conversion;
using Semblance.Conversion.Architectures;
using Semblance.Conversion.Tests.Checkpoints.Files;
using Semblance.Conversion.Weights;

namespace Semblance.Benchmarks;

/// <summary>
/// How much memory an import takes beside the size of its checkpoint. Writing and reading are two runs of the program, because the peak is
/// that of a process.
/// </summary>
internal static class ImportMemory
{
    private const int Dimension = 512;

    /// <summary>Writes a Lightning checkpoint: a network, and the head of as many people as fill the file up.</summary>
    public static void Write(string path, string architecture, long size)
    {
        IArchitecture network = ArchitectureCatalog.Get(architecture);
        StateDict weights = SeededWeights.Of(network);
        List<StoredTensor> tensors =
        [
            .. network.Keys.Select((key, number) => StoredTensor.Of("model." + key.Name, $"{number}", [.. key.Shape])),
        ];
        long people = (size - tensors.Sum(tensor => tensor.StorageCount * sizeof(float))) / (Dimension * sizeof(float));
        if (people > 0)
            tensors.Add(StoredTensor.Of("head.kernel", "head", Dimension, people));
        byte[] pickle = new PickleBytes().Protocol().EmptyDict().Text("state_dict").StateDict(tensors).SetItem().Stop();
        using ZipArchive archive = new(File.Create(path), ZipArchiveMode.Create);
        using (Stream entry = archive.CreateEntry("archive/data.pkl", CompressionLevel.NoCompression).Open())
            entry.Write(pickle);
        foreach (StoredTensor tensor in tensors)
        {
            using Stream entry = archive.CreateEntry($"archive/data/{tensor.StorageKey}", CompressionLevel.NoCompression).Open();
            float[] values = weights.Find(tensor.Name["model.".Length..])?.ToFloats() ?? new float[tensor.StorageCount];
            entry.Write(MemoryMarshal.AsBytes<float>(values));
        }
    }

    /// <summary>Imports a checkpoint and prints the process's peak.</summary>
    public static void Read(string path)
    {
        string folder = Directory.CreateTempSubdirectory("semblance-import-").FullName;
        long start = Stopwatch.GetTimestamp();
        ImportedModel model = CheckpointImport.Run([path], folder);
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        long size = new FileInfo(path).Length,
            written = new FileInfo(model.Networks[0].File).Length,
            peak = Process.GetCurrentProcess().PeakWorkingSet64;
        Directory.Delete(folder, recursive: true);
        Console.WriteLine(
            $"{model.Model}: {Megabytes(size)} checkpoint, {Megabytes(written)} graph, peak of the process {Megabytes(peak)}, ratio "
                + $"{(double)peak / size:0.00}, {time.TotalSeconds:0.0} s"
        );
    }

    private static string Megabytes(long bytes) => $"{bytes / 1e6:0} MB";
}
