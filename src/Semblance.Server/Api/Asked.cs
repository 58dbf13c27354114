using System.Globalization;
using Microsoft.AspNetCore.Http;
using Semblance.Server.Bodies;
using Semblance.Server.Failures;
using Semblance.Writing;

namespace Semblance.Server.Api;

/// <summary>What a request asks for: a value stands in the query, or as a field of the body.</summary>
internal sealed class Asked(HttpContext http, RequestBody? body = null)
{
    private const int MostRates = 16;

    /// <summary>A text; null when it is not given.</summary>
    public string? Text(string name) => http.Request.Query[name] is [{ } value, ..] ? value : body?.Text(name);

    /// <summary>A number.</summary>
    public double? Number(string name) => Text(name) is { Length: > 0 } text ? NumberOf(name, text) : null;

    /// <summary>A rate.</summary>
    public double? Rate(string name) => Number(name) is { } rate ? RateOf(name, rate) : null;

    /// <summary>Rates separated by commas; none when nothing is given.</summary>
    public IReadOnlyList<double> Rates(string name)
    {
        string[] words = Words(name) ?? [];
        if (words.Length > MostRates)
            throw RequestException.BadRequest($"'{name}' has {words.Length} rates, at most {MostRates} are answered at once");
        return [.. words.Select(word => RateOf(name, NumberOf(name, word)))];
    }

    /// <summary>A whole number within bounds.</summary>
    public int? Whole(string name, int least, int most) =>
        Text(name) is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
        && number >= least
        && number <= most
            ? number
        : throw RequestException.BadRequest($"'{name}' is '{Short(text)}', a whole number from {least} to {most} is expected");

    /// <summary>Yes or no.</summary>
    public bool Flag(string name, bool otherwise = false) =>
        Text(name) switch
        {
            null or "" => otherwise,
            "true" or "True" or "TRUE" or "1" => true,
            "false" or "False" or "FALSE" or "0" => false,
            { } text => throw RequestException.BadRequest($"'{name}' is '{Short(text)}', true or false is expected"),
        };

    /// <summary>One of a few words.</summary>
    public T Choice<T>(string name, T otherwise, params (string Word, T Value)[] words)
    {
        if (Text(name) is not { Length: > 0 } text)
            return otherwise;
        foreach ((string word, T value) in words)
            if (word == text)
                return value;
        throw RequestException.BadRequest($"'{name}' is '{Short(text)}', known are {string.Join(", ", words.Select(pair => pair.Word))}");
    }

    /// <summary>Words separated by commas; null when nothing is given.</summary>
    public string[]? Words(string name) =>
        Text(name)
            ?.Trim('[', ']')
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(word => word.Trim('"'))
            .ToArray();

    /// <summary>A time to come; null when none is given.</summary>
    public DateTimeOffset? Time(string name) =>
        Text(name) is not { Length: > 0 } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time
        : throw RequestException.BadRequest($"'{name}' is '{Short(text)}', a date or time such as 2031-12-31 is expected");

    private static double NumberOf(string name, string text) =>
        InvariantNumber.TryParse(text, out double number)
            ? number
            : throw RequestException.BadRequest(
                $"'{name}' is '{Short(text)}', a number is expected"
                    + (InvariantNumber.HintFor<double>(Short(text)) is { } hint ? $" ({hint})" : "")
            );

    private static double RateOf(string name, double rate) =>
        rate is > 0 and < 1 ? rate : throw RequestException.BadRequest($"'{name}' is {rate}, a rate lies between 0 and 1");

    private static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;
}
