using System.Globalization;
using CsvHelper;
using Semblance.Files;

namespace Semblance.Evaluation;

/// <summary>Reads CSV files with a header row; errors name file and line.</summary>
internal static class CsvTable
{
    /// <summary>Rows through a function.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Columns that must be there.</param>
    /// <param name="read">Takes a row as a look-up by column; absent columns give null. Throws <see cref="FormatException"/> for a wrong
    /// row.</param>
    public static List<T> Read<T>(string path, string[] columns, Func<Func<string, string?>, T> read)
    {
        try
        {
            using StreamReader text = RegularFile.OpenText(path, LargestFiles.Lines);
            return Read(path, text, columns, read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Rows of a text through a function.</summary>
    /// <inheritdoc cref="Read{T}(string, string[], Func{Func{string, string?}, T})"/>
    public static List<T> Read<T>(string path, TextReader text, string[] columns, Func<Func<string, string?>, T> read)
    {
        try
        {
            using CsvReader csv = CsvReader.Create(
                text,
                new CsvReaderOptions
                {
                    Separator = ',',
                    HasHeader = true,
                    TrackLineNumbers = true,
                },
                leaveOpen: true
            );
            csv.ReadHeader();
            string[] header = [.. csv.Headers.Select(name => name.Trim().ToLowerInvariant())];
            string[] missing = [.. columns.Except(header)];
            if (missing.Length > 0)
                throw new EvaluationException(
                    $"{path}: no column {string.Join(", ", missing)}; the first line has {string.Join(",", header)}"
                );
            List<T> rows = [];
            while (csv.Read())
            {
                try
                {
                    rows.Add(read(Field));
                }
                catch (FormatException e)
                {
                    throw new EvaluationException($"{path}, line {csv.LineNumber}: {e.Message}", e);
                }
            }
            return rows;

            string? Field(string column)
            {
                int index = Array.IndexOf(header, column);
                return index >= 0 && index < csv.FieldCount ? csv.GetString(index).Trim() : null;
            }
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or InvalidOperationException or InvalidDataException or CsvFormatException
            )
        {
            throw new EvaluationException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>A field as a number.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static double Number(string column, string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new FormatException($"'{text}' in column {column} is not a number");

    /// <summary>A field as a whole number.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static int WholeNumber(string column, string? text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new FormatException($"'{text}' in column {column} is not a whole number");
}
