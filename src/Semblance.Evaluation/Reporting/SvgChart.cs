using System.Globalization;
using System.Net;
using System.Text;

namespace Semblance.Evaluation.Reporting;

/// <summary>Draws charts as SVG. Colours are classes, so that the page's light, dark and printed forms colour the same drawing.</summary>
internal static class SvgChart
{
    private const double Width = 480,
        Height = 320,
        Left = 64,
        Right = 30,
        Top = 16,
        Bottom = 52,
        RowHeight = 26,
        CharacterWidth = 7.1;

    /// <summary>The inside of a page.</summary>
    public static string Inline(ReportChart chart, string id) => Draw(chart, id, style: "");

    /// <summary>A file of its own, with its colours.</summary>
    public static string StandAlone(ReportChart chart) =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + Draw(chart, "chart", $"<style>{ReportStyle.ForDrawings}</style>") + "\n";

    private static string Draw(ReportChart chart, string id, string style)
    {
        bool groups = chart.Groups.Count > 0;
        double left = groups ? Math.Min(230, 16 + CharacterWidth * chart.Groups.Max(g => g.Name.Length)) : Left,
            height = groups ? Top + Bottom + 8 + RowHeight * chart.Groups.Count : Height;
        Frame frame = new(left, Width - Right, Top + (groups ? 8 : 0), height - Bottom);
        StringBuilder svg = new();
        svg.Append(
            Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" viewBox=\"0 0 {Width} {height}\" ")
                + $"role=\"img\" aria-labelledby=\"{id}-t {id}-d\">"
        );
        svg.Append(style);
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<title id=\"{id}-t\">{Encode(chart.Title)}</title><desc id=\"{id}-d\">{Encode(chart.Caption)}</desc>"
        );
        if (groups)
            DrawGroups(svg, chart, frame);
        else
            DrawCurves(svg, chart, frame);
        return svg.Append("</svg>").ToString();
    }

    private static void DrawCurves(StringBuilder svg, ReportChart chart, Frame frame)
    {
        double[][] points = [.. chart.Series.SelectMany(s => s.Points).Concat(chart.Marks.Select(m => new[] { m.X, m.Y }))];
        ChartAxis x = ChartAxis.For(points.Select(p => p[0]), chart.LogX, chart.HasDiagonal),
            y = ChartAxis.For(points.Select(p => p[1]), chart.LogY, chart.HasDiagonal);
        HorizontalTicks(svg, chart, frame, x);
        foreach (double tick in y.Ticks)
        {
            double at = frame.Bottom - y.Position(tick) * (frame.Bottom - frame.Top);
            svg.Append(Invariant($"<line class=\"grid\" x1=\"{frame.Left}\" x2=\"{frame.Right}\" y1=\"{at:0.#}\" y2=\"{at:0.#}\"/>"));
            svg.Append(
                Invariant($"<text class=\"tick\" x=\"{frame.Left - 8}\" y=\"{at + 4:0.#}\" text-anchor=\"end\">")
                    + $"{Encode(ChartAxis.Text(tick, chart.InPercent))}</text>"
            );
        }
        double middle = (frame.Top + frame.Bottom) / 2;
        svg.Append(
            Invariant($"<text class=\"axis\" transform=\"translate(14 {middle:0.#}) rotate(-90)\" text-anchor=\"middle\">")
                + $"{Encode(chart.Y)}</text>"
        );
        if (chart.HasDiagonal)
            svg.Append(
                Invariant($"<line class=\"diagonal\" x1=\"{frame.Left}\" y1=\"{frame.Bottom}\" x2=\"{frame.Right}\" y2=\"{frame.Top}\"/>")
            );
        for (int s = 0; s < chart.Series.Count; s++)
        {
            ReportSeries series = chart.Series[s];
            string path = string.Join(" ", series.Points.Select(p => Place(p[0], p[1])));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"line s{s % 6}\" points=\"{path}\"/>");
            if (series.HasDots)
                foreach (double[] p in series.Points)
                    svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"dot s{s % 6}\" {Center(p[0], p[1])} r=\"3.5\"/>");
        }
        foreach (ReportMark mark in chart.Marks)
        {
            double px = frame.Left + x.Position(mark.X) * (frame.Right - frame.Left);
            bool before = px > (frame.Left + frame.Right) / 2;
            svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"mark\" {Center(mark.X, mark.Y)} r=\"5.5\"/>");
            double py = frame.Bottom - y.Position(mark.Y) * (frame.Bottom - frame.Top);
            svg.Append(
                Invariant($"<text class=\"marktext\" x=\"{px + (before ? -10 : 10):0.#}\" y=\"{py + (before ? 20 : -9):0.#}\" ")
                    + $"text-anchor=\"{(before ? "end" : "start")}\">{Encode(mark.Label)}</text>"
            );
        }
        if (chart.Series.Count > 1)
            for (int s = 0; s < chart.Series.Count; s++)
            {
                double at = frame.Top + 12 + 18 * s,
                    from = chart.LogX || chart.HasDiagonal ? frame.Left + 14 : frame.Right - 150;
                svg.Append(Invariant($"<line class=\"line s{s % 6}\" x1=\"{from}\" x2=\"{from + 22}\" y1=\"{at}\" y2=\"{at}\"/>"));
                svg.Append(
                    Invariant($"<text class=\"legend\" x=\"{from + 28}\" y=\"{at + 4}\">") + $"{Encode(chart.Series[s].Name)}</text>"
                );
            }

        string Place(double px, double py) =>
            Invariant($"{frame.Left + x.Position(px) * (frame.Right - frame.Left):0.#},")
            + Invariant($"{frame.Bottom - y.Position(py) * (frame.Bottom - frame.Top):0.#}");

        string Center(double px, double py)
        {
            string[] at = Place(px, py).Split(',');
            return $"cx=\"{at[0]}\" cy=\"{at[1]}\"";
        }
    }

    private static void DrawGroups(StringBuilder svg, ReportChart chart, Frame frame)
    {
        IEnumerable<double> values = chart
            .Groups.SelectMany(g => g.IsBound ? [g.High] : new[] { g.Low, g.High, g.Value ?? g.High })
            .Concat(chart.Reference is { } r ? [r.X] : []);
        ChartAxis x = ChartAxis.For(chart.LogX ? values.Where(v => v > 0) : values, chart.LogX, wholeRange: false);
        HorizontalTicks(svg, chart, frame, x);
        double At(double value) => frame.Left + x.Position(value) * (frame.Right - frame.Left);
        if (chart.Reference is { } reference)
        {
            double at = At(reference.X);
            bool before = at > (frame.Left + frame.Right) / 2;
            svg.Append(Invariant($"<line class=\"reference\" x1=\"{at:0.#}\" x2=\"{at:0.#}\" y1=\"{frame.Top}\" y2=\"{frame.Bottom}\"/>"));
            svg.Append(
                Invariant($"<text class=\"reftext\" x=\"{at + (before ? -6 : 6):0.#}\" y=\"{frame.Top - 6}\" ")
                    + $"text-anchor=\"{(before ? "end" : "start")}\">{Encode(reference.Label)}</text>"
            );
        }
        for (int i = 0; i < chart.Groups.Count; i++)
        {
            ReportWhisker group = chart.Groups[i];
            double y = frame.Top + RowHeight * (i + 0.5);
            string faint = group.IsFaint ? " faint" : "";
            svg.Append(
                Invariant($"<text class=\"group{faint}\" x=\"{frame.Left - 10}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">")
                    + $"{Encode(group.Name)}</text>"
            );
            if (group.Value is null)
                continue;
            double low = At(group.IsBound ? x.Low : Math.Max(group.Low, x.Low)),
                high = At(group.High);
            svg.Append(Invariant($"<line class=\"whisker{faint}\" x1=\"{low:0.#}\" x2=\"{high:0.#}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>"));
            svg.Append(
                group.IsBound
                    ? Invariant($"<path class=\"bound{faint}\" d=\"M{high:0.#} {y - 6:0.#}V{y + 6:0.#}\"/>")
                    : Invariant($"<circle class=\"value{faint}\" cx=\"{At(group.Value.Value):0.#}\" cy=\"{y:0.#}\" r=\"5\"/>")
            );
        }
    }

    private static void HorizontalTicks(StringBuilder svg, ReportChart chart, Frame frame, ChartAxis x)
    {
        foreach (double tick in x.Ticks)
        {
            double at = frame.Left + x.Position(tick) * (frame.Right - frame.Left);
            svg.Append(Invariant($"<line class=\"grid\" x1=\"{at:0.#}\" x2=\"{at:0.#}\" y1=\"{frame.Top}\" y2=\"{frame.Bottom}\"/>"));
            svg.Append(
                Invariant($"<text class=\"tick\" x=\"{at:0.#}\" y=\"{frame.Bottom + 18}\" text-anchor=\"middle\">")
                    + $"{Encode(ChartAxis.Text(tick, chart.InPercent))}</text>"
            );
        }
        svg.Append(
            Invariant($"<text class=\"axis\" x=\"{(frame.Left + frame.Right) / 2:0.#}\" y=\"{frame.Bottom + 42}\" text-anchor=\"middle\">")
                + $"{Encode(chart.X)}</text>"
        );
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private readonly record struct Frame(double Left, double Right, double Top, double Bottom);
}
