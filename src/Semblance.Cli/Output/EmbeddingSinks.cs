using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Semblance.Json;

namespace Semblance.Cli.Output;

/// <summary>Takes embeddings as they come.</summary>
internal interface IEmbeddingSink : IDisposable
{
    /// <summary>All faces of a picture.</summary>
    void Write(ImageAnalysis analysis);
}

/// <summary>Files of embeddings by extension.</summary>
internal static class EmbeddingSinks
{
    public static IEmbeddingSink Create(string path) =>
        Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".jsonl" => new JsonLinesSink(Open(path)),
            ".csv" => new CsvSink(Open(path)),
            ".npy" => new NumPySink(path),
            string other => throw new UsageException($"--out {path}: '{other}' is not known; use .jsonl, .npy or .csv"),
        };

    public static StreamWriter Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    public static string Quote(string text) => text.IndexOfAny([',', '"', '\n', '\r']) < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
}

/// <summary>One picture a line, as <c>analyze --json</c> prints it.</summary>
internal sealed class JsonLinesSink(StreamWriter file) : IEmbeddingSink
{
    public void Write(ImageAnalysis analysis) => file.WriteLine(SemblanceJson.Serialize(analysis));

    public void Dispose() => file.Dispose();
}

/// <summary>One face a line: input, number of the face, norm, contract, components.</summary>
internal sealed class CsvSink(StreamWriter file) : IEmbeddingSink
{
    private bool _begun;

    public void Write(ImageAnalysis analysis)
    {
        for (int i = 0; i < analysis.Faces!.Count; i++)
        {
            Embedding.FaceEmbedding embedding = analysis.Faces[i].Embedding!;
            if (!_begun)
                file.WriteLine(
                    "input,face,norm,contract," + string.Join(',', Enumerable.Range(0, embedding.Dimension).Select(k => $"v{k}"))
                );
            _begun = true;
            file.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{EmbeddingSinks.Quote(analysis.Input)},{i + 1},{embedding.Norm},{embedding.Contract}"
                )
            );
            foreach (float value in embedding.Vector.Span)
                file.Write(string.Create(CultureInfo.InvariantCulture, $",{value}"));
            file.WriteLine();
        }
    }

    public void Dispose() => file.Dispose();
}

/// <summary>NumPy's format, version 1: float32 [faces, dimension]; which row is which face stands in a CSV file beside it.</summary>
internal sealed class NumPySink(string path) : IEmbeddingSink
{
    /// <summary>Magic, version, length and text of the header: padded, so that the number of rows can be written at the end.</summary>
    private const int HeaderLength = 128;

    private readonly StreamWriter _index = EmbeddingSinks.Open(path + ".index.csv");
    private readonly FileStream _file = Begin(path);
    private int _rows,
        _dimension;

    public void Write(ImageAnalysis analysis)
    {
        if (_rows == 0 && _dimension == 0)
            _index.WriteLine("row,input,face,norm,contract");
        for (int i = 0; i < analysis.Faces!.Count; i++)
        {
            Embedding.FaceEmbedding embedding = analysis.Faces[i].Embedding!;
            _dimension = embedding.Dimension;
            _file.Write(MemoryMarshal.AsBytes(embedding.Vector.Span));
            _index.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_rows++},{EmbeddingSinks.Quote(analysis.Input)},{i + 1},{embedding.Norm},{embedding.Contract}"
                )
            );
        }
    }

    public void Dispose()
    {
        string header =
            $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({_rows}, {_dimension}), }}".PadRight(HeaderLength - 11) + "\n";
        _file.Position = 0;
        _file.Write([0x93, .. "NUMPY"u8, 1, 0, HeaderLength - 10, 0]);
        _file.Write(Encoding.ASCII.GetBytes(header));
        _file.Dispose();
        _index.Dispose();
    }

    private static FileStream Begin(string path)
    {
        FileStream file = File.Create(path);
        file.SetLength(HeaderLength);
        file.Position = HeaderLength;
        return file;
    }
}
