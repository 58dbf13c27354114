using System.Globalization;
using System.Numerics;
using Semblance.Files;
using Semblance.Geometry;

namespace Semblance.Evaluation.Detection;

/// <summary>
/// Reads labelled faces: WIDER FACE's text format, RetinaFace's <c>label.txt</c>, or CSV with <c>file,x,y,width,height[,ignore]</c>.
/// Which one it is is told by the content.
/// </summary>
public static class DetectionTruth
{
    private const int WiderInvalidColumn = 7;

    /// <summary>Reads a file.</summary>
    /// <exception cref="EvaluationException">The file is missing or wrong; names the line.</exception>
    public static IReadOnlyList<TruthImage> Read(string path)
    {
        string text;
        try
        {
            text = RegularFile.ReadAllText(path, LargestFiles.Text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationException($"{path}: cannot be read: {e.Message}", e);
        }
        return Parse(path, text);
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="path">What messages call it.</param>
    /// <param name="text">Its content.</param>
    /// <exception cref="EvaluationException">It is wrong; names the line.</exception>
    public static IReadOnlyList<TruthImage> Parse(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(text);
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        if (lines[^1].Length == 0)
            lines = lines[..^1];
        string[] head = [.. lines.Where(line => line.Trim().Length > 0).Take(2)];
        if (head.Length == 0)
            throw new EvaluationException($"{path}: the file is empty");
        if (head[0].StartsWith('#'))
            return ReadRetinaFace(path, lines);
        // A name in WIDER's format may hold a comma; the number of boxes below it tells.
        bool isWider = head.Length > 1 && int.TryParse(head[1], out _);
        return head[0].Contains(',') && !isWider ? ReadCsv(path, text) : ReadWider(path, lines);
    }

    private static List<TruthImage> ReadWider(string path, string[] lines)
    {
        List<TruthImage> images = [];
        for (int i = 0; i < lines.Length; )
        {
            if (lines[i].Trim().Length == 0)
            {
                i++;
                continue;
            }
            string file = lines[i++].Trim();
            if (i >= lines.Length || !int.TryParse(lines[i], out int count) || count < 0)
                throw new EvaluationException($"{path}, line {i + 1}: the number of boxes of {file} was expected");
            i++;
            if (i + count > lines.Length)
                throw new EvaluationException(
                    $"{path}, line {i + 1}: {count} boxes of {file} were announced, {lines.Length - i} lines are left"
                );
            List<TruthBox> boxes = [];
            for (int k = 0; k < count; k++, i++)
            {
                double[] values = Numbers(path, i, lines[i]);
                boxes.Add(new(Box(path, i, values), Ignore: values.Length > WiderInvalidColumn && values[WiderInvalidColumn] != 0));
            }
            // A picture without a box has one line of zeros, which some copies of the set leave out.
            if (
                count == 0
                && i < lines.Length
                && lines[i].Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } zeros
                && zeros.All(zero => zero == "0")
            )
                i++;
            images.Add(new(file, boxes));
        }
        return images;
    }

    private static List<TruthImage> ReadRetinaFace(string path, string[] lines)
    {
        List<TruthImage> images = [];
        List<TruthBox> boxes = [];
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0)
                continue;
            if (line.StartsWith('#'))
            {
                images.Add(new(line[1..].Trim(), boxes = []));
                continue;
            }
            if (images.Count == 0)
                throw new EvaluationException($"{path}, line {i + 1}: a box stands before the first picture");
            double[] values = Numbers(path, i, line);
            boxes.Add(new(Box(path, i, values), Ignore: false) { Landmarks = Points(values) });
        }
        return images;
    }

    /// <summary>RetinaFace's lines go on with five points of x, y and a number each; -1 where nobody marked them.</summary>
    private static Vector2[]? Points(double[] values)
    {
        const int First = 4,
            Each = 3;
        if (values.Length < First + Each * FaceLandmarks.Count || values.AsSpan(First, Each * FaceLandmarks.Count).Contains(-1))
            return null;
        return
        [
            .. Enumerable
                .Range(0, FaceLandmarks.Count)
                .Select(k => new Vector2((float)values[First + Each * k], (float)values[First + Each * k + 1])),
        ];
    }

    private static List<TruthImage> ReadCsv(string path, string text)
    {
        List<(string File, TruthBox Box)> rows = CsvTable.Read(path, new StringReader(text), ["file", "x", "y", "width", "height"], row =>
        {
            float Side(string column) => (float)CsvTable.Number(column, row(column));
            float Length(string column) =>
                Side(column) is >= 0 and float side ? side : throw new FormatException($"column {column} is negative");
            string file = row("file") is { Length: > 0 } name ? name : throw new FormatException("the file name is empty");
            bool ignore = row("ignore") is { Length: > 0 } flag && flag is not ("0" or "false" or "False");
            return (file, new TruthBox(new(Side("x"), Side("y"), Length("width"), Length("height")), ignore));
        });
        return [.. rows.GroupBy(row => row.File).Select(group => new TruthImage(group.Key, [.. group.Select(row => row.Box)]))];
    }

    private static FaceBox Box(string path, int line, double[] values)
    {
        if (values.Length < 4)
            throw new EvaluationException($"{path}, line {line + 1}: x y w h … was expected, got {values.Length} numbers");
        if (values[2] < 0 || values[3] < 0)
            throw new EvaluationException($"{path}, line {line + 1}: a width or height is negative");
        return new((float)values[0], (float)values[1], (float)values[2], (float)values[3]);
    }

    private static double[] Numbers(string path, int line, string text)
    {
        string[] parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        double[] values = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
                throw new EvaluationException($"{path}, line {line + 1}: '{parts[i]}' is not a number");
        }
        return values;
    }
}
