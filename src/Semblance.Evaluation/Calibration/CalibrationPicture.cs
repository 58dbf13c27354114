using System.Globalization;

namespace Semblance.Evaluation.Calibration;

/// <summary>A labelled picture to calibrate scores with.</summary>
/// <param name="File">Its file, relative to the folder of pictures.</param>
/// <param name="Person">Whose face it is; null where nobody says.</param>
/// <param name="Kind">Who is alike: the columns gender, age group and race, as far as they are there.</param>
/// <param name="Margin">Border to put around it before faces are looked for, as a part of its longer side: detectors need room around tight
/// crops.</param>
/// <param name="Copies">Degraded copies to make of it; null for as many as of any.</param>
public sealed record CalibrationPicture(string File, string? Person, string Kind, double Margin, int? Copies = null)
{
    /// <summary>The most copies.</summary>
    public const int MostCopies = 100;

    /// <summary>The largest border.</summary>
    public const double LargestMargin = 2;

    /// <summary>Ages from which the groups begin, and what they are called.</summary>
    private static readonly (int From, string Name)[] Ages =
    [
        (60, "60+"),
        (30, "30-59"),
        (18, "18-29"),
        (13, "13-17"),
        (7, "7-12"),
        (3, "3-6"),
        (0, "0-2"),
    ];

    /// <summary>The group of the person on it by axis (<c>age</c>, <c>gender</c>, <c>race</c>), as far as somebody says.</summary>
    public IReadOnlyDictionary<string, string> Groups { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Reads a CSV with the column <c>file</c> and any of <c>person</c>, <c>gender</c>, <c>age</c> (years) or <c>age_group</c>,
    /// <c>race</c>, <c>margin</c> and <c>copies</c>.
    /// </summary>
    /// <exception cref="EvaluationException">The file cannot be read, or a row is wrong.</exception>
    public static IReadOnlyList<CalibrationPicture> Read(string path) => CsvTable.Read(path, ["file"], field =>
        {
            string file = field("file") is { Length: > 0 } named ? named : throw new FormatException("no file is named");
            (string Axis, string Group)[] kind =
            [
                .. new[] { ("gender", field("gender") ?? ""), ("age", AgeGroup(field)), ("race", field("race") ?? "") }.Where(part =>
                    part.Item2.Length > 0
                ),
            ];
            double margin = field("margin") is { Length: > 0 } border ? CsvTable.Number("margin", border) : 0;
            if (margin is < 0 or > LargestMargin)
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"a margin lies between 0 and {LargestMargin}"));
            double? copies = field("copies") is { Length: > 0 } number ? CsvTable.Number("copies", number) : null;
            if (copies is < 0 or > MostCopies || copies % 1 > 0)
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"copies are a whole number from 0 to {MostCopies}"));
            return new CalibrationPicture(
                file,
                field("person") is { Length: > 0 } person ? person : null,
                string.Join('/', kind.Select(part => part.Group)),
                margin,
                (int?)copies
            )
            {
                Groups = kind.ToDictionary(part => part.Axis, part => part.Group),
            };
        });

    private static string AgeGroup(Func<string, string?> field) =>
        field("age") is { Length: > 0 } years
            ? Ages.First(group => Math.Max(0, CsvTable.Number("age", years)) >= group.From).Name
            : field("age_group") ?? "";
}
