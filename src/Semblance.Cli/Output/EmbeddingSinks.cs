using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Semblance.Files;
using Semblance.Json;
using Semblance.Writing;

namespace Semblance.Cli.Output;

/// <summary>Takes embeddings as they come. What it writes is there when it is complete, and for its owner alone.</summary>
internal interface IEmbeddingSink : IDisposable
{
    /// <summary>Takes all faces of a picture.</summary>
    void Write(ImageAnalysis analysis);

    /// <summary>Puts the files into their place; without that, whatever was there stays.</summary>
    void Complete();
}

/// <summary>Files of embeddings by extension.</summary>
internal static class EmbeddingSinks
{
    private const string NumPy = ".npy",
        IndexEnding = ".index.csv";

    public static IEmbeddingSink Create(string path) =>
        Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".jsonl" => new JsonLinesSink(new(path)),
            ".csv" => new CsvSink(new(path)),
            NumPy => new NumPySink(path),
            string other => throw new UsageException($"--out {path}: '{other}' is not known; use .jsonl, .npy or .csv"),
        };

    /// <summary>The files that are written for a path.</summary>
    public static IReadOnlyList<string> FilesOf(string path) =>
        Path.GetExtension(path).Equals(NumPy, StringComparison.OrdinalIgnoreCase) ? [path, IndexOf(path)] : [path];

    /// <summary>The file beside vectors in NumPy's format that says which row is which face.</summary>
    public static string IndexOf(string path) => path + IndexEnding;
}

/// <summary>Lines of text that appear under their name when all of them are there.</summary>
internal sealed class PendingLines(string path) : IDisposable
{
    private readonly PendingFile _file = PendingFile.Create(path, FileReaders.OwnerAlone);
    private StreamWriter? _writer;

    public StreamWriter Writer => _writer ??= new(_file.Stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);

    public void Complete()
    {
        _writer?.Flush();
        _file.Complete();
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>One picture a line, as <c>analyze --json</c> prints it.</summary>
internal sealed class JsonLinesSink(PendingLines lines) : IEmbeddingSink
{
    public void Write(ImageAnalysis analysis) => lines.Writer.WriteLine(SemblanceJson.Serialize(analysis));

    public void Complete() => lines.Complete();

    public void Dispose() => lines.Dispose();
}

/// <summary>One face a line: input, number of the face, norm, contract, components.</summary>
internal sealed class CsvSink(PendingLines lines) : IEmbeddingSink
{
    private bool _begun;

    public void Write(ImageAnalysis analysis)
    {
        StreamWriter file = lines.Writer;
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
                    $"{CsvText.Cell(analysis.Input)},{i + 1},{embedding.Norm},{CsvText.Cell(embedding.Contract)}"
                )
            );
            foreach (float value in embedding.Vector.Span)
                file.Write(string.Create(CultureInfo.InvariantCulture, $",{value}"));
            file.WriteLine();
        }
    }

    public void Complete() => lines.Complete();

    public void Dispose() => lines.Dispose();
}

/// <summary>NumPy's format, version 1: float32 [faces, dimension]; which row is which face stands in a CSV file beside it.</summary>
internal sealed class NumPySink : IEmbeddingSink
{
    private readonly PendingLines _index;
    private readonly PendingFile _file;
    private int _rows,
        _dimension;

    public NumPySink(string path)
    {
        _file = PendingFile.Create(path, FileReaders.OwnerAlone);
        try
        {
            _index = new(EmbeddingSinks.IndexOf(path));
            _file.Stream.SetLength(NumPyHeader.Length);
            _file.Stream.Position = NumPyHeader.Length;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Write(ImageAnalysis analysis)
    {
        if (_rows == 0 && _dimension == 0)
            _index.Writer.WriteLine("row,input,face,norm,contract");
        for (int i = 0; i < analysis.Faces!.Count; i++)
        {
            Embedding.FaceEmbedding embedding = analysis.Faces[i].Embedding!;
            _dimension = embedding.Dimension;
            _file.Stream.Write(MemoryMarshal.AsBytes(embedding.Vector.Span));
            _index.Writer.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_rows++},{CsvText.Cell(analysis.Input)},{i + 1},{embedding.Norm},{CsvText.Cell(embedding.Contract)}"
                )
            );
        }
    }

    public void Complete()
    {
        _file.Stream.Position = 0;
        _file.Stream.Write(NumPyHeader.OfFloats(_rows, _dimension));
        _index.Complete();
        _file.Complete();
    }

    public void Dispose()
    {
        _index?.Dispose();
        _file.Dispose();
    }
}
