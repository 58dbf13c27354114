using System.Globalization;

namespace Semblance.Server.Access;

/// <summary>Where an entry stands in the log: entries stay where they are, so that pages meet without a gap however fast others are
/// added.</summary>
/// <param name="Day">Whose file.</param>
/// <param name="Start">Where its line begins, in bytes.</param>
internal readonly record struct AccessPosition(DateOnly Day, long Start)
{
    private const string Form = "yyyyMMdd";

    /// <summary>As a cursor.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Day.ToString(Form, CultureInfo.InvariantCulture)}-{Start}");

    /// <summary>Reads a cursor; null for what is none.</summary>
    public static AccessPosition? Parse(string text) =>
        text.Split('-') is [var day, var start]
        && DateOnly.TryParseExact(day, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
        && long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out long at)
            ? new(date, at)
            : null;
}
