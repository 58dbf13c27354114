using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Semblance.Cli.Output;
using Semblance.Embedding;

namespace Semblance.Cli.Commands.Clustering;

/// <summary>What <c>cluster --out</c> leaves: <c>clusters.json</c>, <c>faces.npy</c> (float32 [faces, dimension]), the crops and the
/// contact sheets.</summary>
internal sealed class ClusterFolder(string path)
{
    private const string Document = "clusters.json",
        Vectors = "faces.npy",
        CropFolder = "faces";

    /// <summary>Bytes before the text of a NumPy header (version 1): magic, version, length of the text.</summary>
    private const int HeaderStart = 10;

    private const int HeaderAlignment = 64;

    public string Root => path;

    /// <summary>A crop's file, relative to the folder, with / as in the document.</summary>
    public static string CropOf(int face) => FormattableString.Invariant($"{CropFolder}/{face:00000}.png");

    public string PathOf(string relative) => Path.Combine(path, relative);

    public void Prepare()
    {
        Directory.CreateDirectory(PathOf(CropFolder));
        // Sheets of an earlier run would stand beside those of this one.
        foreach (
            string old in Directory
                .EnumerateFiles(path, "cluster-*.png")
                .Concat(Directory.EnumerateFiles(path, "overview*.png"))
                .Concat(Directory.EnumerateFiles(PathOf(CropFolder), "*.png"))
        )
            File.Delete(old);
    }

    public void Write(ClustersDocument document) =>
        File.WriteAllText(
            PathOf(Document),
            JsonText.Of(document, ClustersJson.Default.ClustersDocument),
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)
        );

    /// <exception cref="UsageException">The folder holds none, or it cannot be read.</exception>
    public ClustersDocument Read()
    {
        string file = PathOf(Document);
        if (!File.Exists(file))
            throw new UsageException($"{file} is not there; 'semblance cluster INPUT… --out {path}' makes it");
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), ClustersJson.Default.ClustersDocument)!;
        }
        catch (JsonException e)
        {
            throw new UsageException($"{file}: {e.Message}");
        }
    }

    public void WriteVectors(IReadOnlyList<FaceEmbedding> faces)
    {
        using FileStream file = File.Create(PathOf(Vectors));
        int dimension = faces.Count == 0 ? 0 : faces[0].Dimension;
        string shape = FormattableString.Invariant($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({faces.Count}, {dimension}), }}");
        int length = (HeaderStart + shape.Length + HeaderAlignment) / HeaderAlignment * HeaderAlignment - HeaderStart;
        file.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)length, (byte)(length >> 8)]);
        file.Write(Encoding.ASCII.GetBytes(shape.PadRight(length - 1) + "\n"));
        foreach (FaceEmbedding face in faces)
            file.Write(MemoryMarshal.AsBytes(face.Vector.Span));
    }

    /// <summary>The vectors of some rows.</summary>
    /// <exception cref="UsageException">The file is not the one that belongs to the document.</exception>
    public IReadOnlyList<float[]> ReadVectors(ClustersDocument document, IEnumerable<int> faces)
    {
        using FileStream file = File.OpenRead(PathOf(Vectors));
        Span<byte> start = stackalloc byte[HeaderStart];
        file.ReadExactly(start);
        int first = HeaderStart + start[8] + (start[9] << 8),
            row = document.Dimension * sizeof(float);
        if (file.Length != first + (long)document.Faces * row)
            throw new UsageException($"{PathOf(Vectors)} does not fit {Document}; run 'semblance cluster' again");
        List<float[]> vectors = [];
        foreach (int face in faces)
        {
            float[] vector = new float[document.Dimension];
            file.Position = first + (long)face * row;
            file.ReadExactly(MemoryMarshal.AsBytes(vector.AsSpan()));
            vectors.Add(vector);
        }
        return vectors;
    }
}
