using System.Globalization;
using System.Net;
using System.Text;

namespace Semblance.Evaluation.Reporting;

/// <summary>A report as one HTML page that stands alone: styles, drawings and pictures inside, no script, nothing from the
/// network.</summary>
public static class ReportPage
{
    /// <summary>The page.</summary>
    /// <param name="report">The report.</param>
    public static string Html(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder html = new();
        html.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Append("<meta name=\"color-scheme\" content=\"light dark\">\n");
        html.Append(
            CultureInfo.InvariantCulture,
            $"<title>{Encode(report.Title)}</title>\n<style>\n{ReportStyle.ForPage}\n</style>\n</head>\n<body>\n"
        );
        html.Append("<a class=\"skip\" href=\"#summary\">To the summary</a>\n<div class=\"page\">\n");
        Header(html, report);
        Navigation(html, report);
        html.Append("<main>\n");
        Summary(html, report);
        Data(html, report);
        foreach (ReportSection section in report.Sections)
            Section(html, section);
        Limits(html, report);
        Models(html, report);
        Origin(html, report);
        html.Append(
            "</main>\n<footer>Made by Semblance. Names of laws and standards are a help for finding your way, no legal advice.</footer>\n"
        );
        return html.Append("</div>\n</body>\n</html>\n").ToString();
    }

    private static void Header(StringBuilder html, EvaluationReport report) =>
        html.Append(
            CultureInfo.InvariantCulture,
            $"<header><div class=\"kicker\">Evaluation report</div><h1>{Encode(report.Title)}</h1>"
                + $"<p class=\"meta\">{Encode(report.Origin.Created.ToString("d MMMM yyyy", CultureInfo.InvariantCulture))} · "
                + $"Semblance {Encode(report.Origin.Version)} · "
                + $"{ReportText.Count(report.Data.Sum(data => (long)data.Pictures))} pictures of "
                + $"{report.Data.Count} sets</p></header>\n"
        );

    private static void Navigation(StringBuilder html, EvaluationReport report)
    {
        html.Append(
            "<nav aria-label=\"Contents\"><ol><li><a href=\"#summary\">Summary</a></li><li><a href=\"#data\">What was measured on</a></li>"
        );
        foreach (ReportSection section in report.Sections)
            html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#{Encode(section.Id)}\">{Encode(section.Title)}</a></li>");
        html.Append(
            "<li><a href=\"#limits\">Limits</a></li><li><a href=\"#models\">Models</a></li><li><a href=\"#origin\">How it was made</a></li>"
                + "</ol></nav>\n"
        );
    }

    private static void Summary(StringBuilder html, EvaluationReport report)
    {
        html.Append("<section id=\"summary\" class=\"summary\" aria-labelledby=\"summary-h\"><h2 id=\"summary-h\">Summary</h2><ul>");
        foreach (string sentence in report.Summary)
            html.Append(CultureInfo.InvariantCulture, $"<li>{Encode(sentence)}</li>");
        html.Append("</ul>");
        Tiles(
            html,
            [
                .. report.Sections.SelectMany(section =>
                    section
                        .Figures.Where(figure => figure.IsHeadline)
                        .Select(figure => figure with { Label = $"{section.Data}: {figure.Label}" })
                ),
            ]
        );
        html.Append("</section>\n");
    }

    private static void Data(StringBuilder html, EvaluationReport report)
    {
        html.Append("<section id=\"data\" aria-labelledby=\"data-h\"><h2 id=\"data-h\">What was measured on</h2>");
        Tags(html, ["EU AI Act Art. 10 (data)", "ISO/IEC 19795-1"]);
        html.Append("<div class=\"sets\">");
        foreach (ReportData data in report.Data)
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<div><h3>{Encode(data.Id)}</h3><p>{Encode(data.Description)}</p><p class=\"protocol\">"
            );
            html.Append(CultureInfo.InvariantCulture, $"{ReportText.Count(data.Pictures)} pictures");
            if (data.People is { } people)
                html.Append(CultureInfo.InvariantCulture, $" of {ReportText.Count(people)} people");
            html.Append(CultureInfo.InvariantCulture, $"; no face was found on {ReportText.Count(data.WithoutFace)}");
            if (data.Unreadable > 0)
                html.Append(CultureInfo.InvariantCulture, $", {ReportText.Count(data.Unreadable)} cannot be read");
            html.Append(CultureInfo.InvariantCulture, $". Fingerprint <code>{Encode(data.Fingerprint)}</code></p>");
            foreach (ReportComposition column in data.Composition)
                html.Append(
                    $"<p class=\"protocol\"><b>{Encode(column.Column)}</b>: "
                        + string.Join(" · ", column.Pictures.Select(group => $"{Encode(group.Key)} {ReportText.Count(group.Value)}"))
                        + "</p>"
                );
            html.Append("</div>");
        }
        html.Append("</div></section>\n");
    }

    private static void Section(StringBuilder html, ReportSection section)
    {
        string id = Encode(section.Id);
        html.Append(
            CultureInfo.InvariantCulture,
            $"<section id=\"{id}\" aria-labelledby=\"{id}-h\"><h2 id=\"{id}-h\">{Encode(section.Title)}</h2>"
        );
        Tags(html, section.AskedFor);
        html.Append(
            CultureInfo.InvariantCulture,
            $"<p class=\"finding\">{Encode(section.Finding)}</p><p class=\"protocol\">{Encode(section.Protocol)}</p>"
        );
        Tiles(html, [.. section.Figures.Where(figure => !figure.IsDetail)]);
        if (section.Charts.Count > 0)
        {
            html.Append("<div class=\"charts\">");
            foreach (ReportChart chart in section.Charts)
                html.Append(
                    CultureInfo.InvariantCulture,
                    $"<figure>{SvgChart.Inline(chart, $"{id}-{Encode(chart.Id)}")}<figcaption><b>{Encode(chart.Title)}.</b> "
                        + $"{Encode(chart.Caption)}</figcaption></figure>"
                );
            html.Append("</div>");
        }
        foreach (ReportTable table in section.Tables)
            Table(html, table, section.Title);
        Pictures(html, section.Pictures);
        Notes(html, section.Notes);
        html.Append("</section>\n");
    }

    private static void Tags(StringBuilder html, IReadOnlyList<string> tags)
    {
        if (tags.Count == 0)
            return;
        html.Append("<ul class=\"tags\" aria-label=\"Asked for by\">");
        foreach (string tag in tags)
            html.Append(CultureInfo.InvariantCulture, $"<li>{Encode(tag)}</li>");
        html.Append("</ul>");
    }

    private static void Tiles(StringBuilder html, IReadOnlyList<ReportFigure> figures)
    {
        if (figures.Count == 0)
            return;
        html.Append("<div class=\"tiles\">");
        foreach (ReportFigure figure in figures)
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<div class=\"tile\"><b>{Encode(ReportText.Value(figure))}</b><span>{Encode(figure.Label)}</span>"
            );
            if (ReportText.Interval(figure) is { Length: > 0 } interval)
                html.Append(CultureInfo.InvariantCulture, $"<span>95 %: {Encode(interval)}</span>");
            html.Append("</div>");
        }
        html.Append("</div>");
    }

    private static void Table(StringBuilder html, ReportTable table, string section)
    {
        html.Append(
            CultureInfo.InvariantCulture,
            $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Encode($"{section}: {table.Title}")}\">"
        );
        html.Append(
            CultureInfo.InvariantCulture,
            $"<table{(table.IsMatrix ? " class=\"matrix\"" : "")}><caption>{Encode(table.Title)}</caption><thead><tr>"
        );
        foreach (string column in table.Columns)
            html.Append(column.Length == 0 ? "<td></td>" : $"<th scope=\"col\">{Encode(column)}</th>");
        html.Append("</tr></thead><tbody>");
        foreach (IReadOnlyList<ReportCell> row in table.Rows)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Encode(row[0].Text)}</th>");
            foreach (ReportCell cell in row.Skip(1))
            {
                string @class = string.Join(' ', new[] { cell.Mark ? "worst" : "", cell.Value is null && !table.IsMatrix ? "words" : "" })
                    .Trim();
                html.Append(CultureInfo.InvariantCulture, $"<td{(@class.Length > 0 ? $" class=\"{@class}\"" : "")}");
                if (table.IsMatrix)
                    html.Append(string.Create(CultureInfo.InvariantCulture, $" style=\"--v:{cell.Shade:0.00}\""));
                html.Append(CultureInfo.InvariantCulture, $">{Encode(cell.Text)}</td>");
            }
            html.Append("</tr>");
        }
        html.Append("</tbody></table></div>");
        if (table.Caption.Length > 0)
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"caption\">{Encode(table.Caption)}</p>");
    }

    private static void Pictures(StringBuilder html, IReadOnlyList<ReportPictures> errors)
    {
        if (errors.Count == 0)
            return;
        html.Append("<h3>The worst errors, side by side (personal data)</h3><div class=\"pictures\">");
        foreach (ReportPictures error in errors)
        {
            html.Append("<figure>");
            foreach ((string name, byte[] jpeg) in error.Pictures)
                html.Append(
                    CultureInfo.InvariantCulture,
                    $"<img alt=\"{Encode(name)}\" src=\"data:image/jpeg;base64,{Convert.ToBase64String(jpeg)}\">"
                );
            html.Append(CultureInfo.InvariantCulture, $"<figcaption>{Encode(error.Caption)}</figcaption></figure>");
        }
        html.Append("</div>");
    }

    private static void Notes(StringBuilder html, IReadOnlyList<string> notes)
    {
        if (notes.Count == 0)
            return;
        html.Append("<ul class=\"notes\">");
        foreach (string note in notes)
            html.Append(CultureInfo.InvariantCulture, $"<li>{Encode(note)}</li>");
        html.Append("</ul>");
    }

    private static void Limits(StringBuilder html, EvaluationReport report)
    {
        html.Append("<section id=\"limits\" aria-labelledby=\"limits-h\"><h2 id=\"limits-h\">Limits, and uses that are excluded</h2>");
        Tags(html, ["EU AI Act Art. 13 (instructions for use)", "GDPR Art. 35 (impact assessment)"]);
        html.Append("<ul>");
        foreach (string limit in report.Limits)
            html.Append(CultureInfo.InvariantCulture, $"<li><p>{Encode(limit)}</p></li>");
        html.Append("</ul></section>\n");
    }

    private static void Models(StringBuilder html, EvaluationReport report)
    {
        html.Append("<section id=\"models\" aria-labelledby=\"models-h\"><h2 id=\"models-h\">Models</h2>");
        foreach (ReportModel model in report.Models)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h3>{Encode(model.Id)}</h3><dl><dt>does</dt><dd>{Encode(model.Does)}</dd>");
            html.Append(
                CultureInfo.InvariantCulture,
                $"<dt>licence of the weights</dt><dd>{Encode(model.License)}</dd><dt>commercial use</dt><dd>"
            );
            html.Append(
                model.CommercialUse switch
                {
                    true => "permitted",
                    false => "not permitted",
                    null => "not stated",
                }
            );
            html.Append(CultureInfo.InvariantCulture, $"</dd><dt>trained on</dt><dd>{Encode(model.TrainingData)}</dd>");
            if (model.Contract is { } contract)
                html.Append(CultureInfo.InvariantCulture, $"<dt>contract</dt><dd><code>{Encode(contract)}</code></dd>");
            foreach ((string role, string hash) in model.Sha256)
                html.Append(CultureInfo.InvariantCulture, $"<dt>SHA-256 ({Encode(role)})</dt><dd><code>{Encode(hash)}</code></dd>");
            html.Append("</dl>");
        }
        html.Append("</section>\n");
    }

    private static void Origin(StringBuilder html, EvaluationReport report)
    {
        ReportOrigin origin = report.Origin;
        html.Append("<section id=\"origin\" aria-labelledby=\"origin-h\"><h2 id=\"origin-h\">How it was made</h2><dl>");
        html.Append(CultureInfo.InvariantCulture, $"<dt>command</dt><dd><code>{Encode(origin.Command)}</code></dd>");
        html.Append(
            CultureInfo.InvariantCulture,
            $"<dt>version</dt><dd>Semblance {Encode(origin.Version)}, form {Encode(report.Schema)}</dd>"
        );
        html.Append(
            CultureInfo.InvariantCulture,
            $"<dt>time</dt><dd>{origin.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, "
        );
        html.Append(
            string.Create(CultureInfo.InvariantCulture, $"{origin.Seconds:0} seconds</dd><dt>machine</dt><dd>{Encode(origin.Machine)}</dd>")
        );
        html.Append(
            CultureInfo.InvariantCulture,
            $"<dt>intervals</dt><dd>people resampled {ReportText.Count(origin.Draws)} times, seed {origin.Seed}; "
        );
        html.Append("Wilson where pictures are independent; without an event the 95 % bound 1 − 0.05^(1/N)</dd></dl></section>\n");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
