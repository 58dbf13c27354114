using System.Globalization;
using Semblance.Files;

namespace Semblance.Evaluation;

/// <summary>Reads text files with values separated by blanks; errors name file and line.</summary>
internal static class PlainLines
{
    /// <summary>Rows through a function.</summary>
    /// <param name="path">The file.</param>
    /// <param name="values">Values that every line has.</param>
    /// <param name="read">Takes the values of a line; throws <see cref="FormatException"/> for wrong ones.</param>
    public static List<T> Read<T>(string path, int values, Func<string[], T> read)
    {
        try
        {
            List<T> rows = [];
            int number = 0;
            foreach (string line in RegularFile.ReadLines(path, LargestFiles.Lines))
            {
                number++;
                string[] parts = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                if (parts.Length == 0)
                    continue;
                try
                {
                    rows.Add(parts.Length == values ? read(parts) : throw new FormatException($"{values} values were expected"));
                }
                catch (FormatException e)
                {
                    throw new EvaluationException($"{path}, line {number}: {e.Message}", e);
                }
            }
            return rows.Count > 0 ? rows : throw new EvaluationException($"{path}: the file is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>A value as a whole number.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static int Whole(string text, string what) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new FormatException($"'{text}' is no number of {what}");
}
