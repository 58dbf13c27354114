using System.Globalization;

namespace Semblance.Evaluation.Detection;

/// <summary>
/// Reads labelled faces: WIDER FACE's text format, RetinaFace's <c>label.txt</c>, or CSV with <c>file,x,y,width,height[,ignore]</c>. Which one it is
/// is told by the content.
/// </summary>
public static class DetectionTruth
{
    private const int WiderInvalidColumn = 7;

    /// <summary>Reads a file.</summary>
    /// <exception cref="EvaluationException">The file is missing or wrong; names the line.</exception>
    public static IReadOnlyList<TruthImage> Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationException($"{path}: cannot be read: {e.Message}", e);
        }
        string first = lines.FirstOrDefault(line => line.Trim().Length > 0) ?? throw new EvaluationException($"{path}: the file is empty");
        if (first.StartsWith('#')) return ReadRetinaFace(path, lines);
        return first.Contains(',') ? ReadCsv(path) : ReadWider(path, lines);
    }

    private static List<TruthImage> ReadWider(string path, string[] lines)
    {
        List<TruthImage> images = [];
        for (int i = 0; i < lines.Length;)
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
            // A picture without a box still has one line of zeros.
            int rows = Math.Max(1, count);
            if (i + rows > lines.Length && count > 0) throw new EvaluationException($"{path}, line {i + 1}: {count} boxes of {file} were announced, {lines.Length - i} lines are left");
            List<TruthBox> boxes = [];
            for (int k = 0; k < rows && i < lines.Length; k++, i++)
            {
                double[] values = Numbers(path, i, lines[i]);
                if (count == 0) continue;
                if (values.Length < 4) throw new EvaluationException($"{path}, line {i + 1}: x y w h … was expected, got '{lines[i].Trim()}'");
                bool invalid = values.Length > WiderInvalidColumn && values[WiderInvalidColumn] != 0;
                boxes.Add(new(new((float)values[0], (float)values[1], (float)values[2], (float)values[3]), invalid));
            }
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
            if (line.Length == 0) continue;
            if (line.StartsWith('#'))
            {
                images.Add(new(line[1..].Trim(), boxes = []));
                continue;
            }
            double[] values = Numbers(path, i, line);
            if (values.Length < 4) throw new EvaluationException($"{path}, line {i + 1}: x y w h … was expected, got '{line}'");
            boxes.Add(new(new((float)values[0], (float)values[1], (float)values[2], (float)values[3]), Ignore: false));
        }
        return images;
    }

    private static List<TruthImage> ReadCsv(string path)
    {
        List<(string File, TruthBox Box)> rows = CsvTable.Read(path, ["file", "x", "y", "width", "height"], row =>
        {
            float Side(string column) => (float)CsvTable.Number(column, row(column));
            string file = row("file") is { Length: > 0 } name ? name : throw new FormatException("the file name is empty");
            bool ignore = row("ignore") is { Length: > 0 } flag && flag is not ("0" or "false" or "False");
            return (file, new TruthBox(new(Side("x"), Side("y"), Side("width"), Side("height")), ignore));
        });
        return [.. rows.GroupBy(row => row.File).Select(group => new TruthImage(group.Key, [.. group.Select(row => row.Box)]))];
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
