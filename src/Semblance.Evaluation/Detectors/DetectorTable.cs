using System.Globalization;
using System.Text;
using Semblance.Evaluation.Reporting;

namespace Semblance.Evaluation.Detectors;

/// <summary>A comparison of detectors as a table in Markdown: a row a figure, a column a detector.</summary>
public static class DetectorTable
{
    private const string Nothing = "–";

    /// <summary>Writes the table.</summary>
    /// <param name="report">The comparison.</param>
    public static string Of(DetectorComparisonReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder text = new();
        Row("", figures => $"`{figures.Detector}`");
        Row("---", _ => "---");
        if (report.Labelled is { } labelled)
        {
            foreach (string height in report.Detectors[0].AveragePrecision?.Keys ?? [])
                Row($"labelled faces from {height} px, {labelled.Pictures} photographs: AP", figures =>
                    figures.AveragePrecision?.TryGetValue(height, out double ap) == true ? Number(ap) : Nothing
                );
        }
        if (report.Yardstick is { } yardstick)
        {
            int faces = report.Detectors.Max(figures => figures.Landmarks?.Faces ?? 0);
            Row(
                $"landmarks against `{yardstick}`'s, {ReportText.Count(faces)} faces: mean distance by the box's size (not found)",
                figures =>
                    figures.Landmarks is { } landmarks ? $"{Share(landmarks.MeanByBox)} ({ReportText.Count(landmarks.Missed)})" : Nothing
            );
        }
        Accuracy("news photographs", figures => figures.Pairs);
        Accuracy("frontal with profile", figures => figures.FrontalProfile);
        if (report.FaceFree > 0)
            Row($"false faces on {Pictures(report.FaceFree)} without a face", figures => Count(figures.FalseFaces));
        if (report.Cuttings > 0)
            Row($"false faces on {ReportText.Count(report.Cuttings)} cuttings without a labelled face", figures =>
                Count(figures.FalseFacesOnCuttings)
            );
        if (report.SmallPhotographs > 0)
            Row($"640 × 480, {Pictures(report.SmallPhotographs)}, processor time on one thread (ratio)", figures => Time(figures.Small));
        if (report.LargePhotographs > 0)
            Row($"12 megapixels from JPEG, {Pictures(report.LargePhotographs)}, processor time on one thread (ratio)", figures =>
                Time(figures.Large)
            );
        if (report.Detectors.Any(figures => figures.PeakBytes is not null))
            Row("peak memory of a fresh process, 12 megapixels", figures => Megabytes(figures.PeakBytes, "0"));
        Row("weights", figures => Megabytes(figures.WeightBytes, "0.0"));
        Row("commercial use", figures => figures.CommercialUse switch
            {
                true => "permitted",
                false => "not permitted",
                null => "unknown",
            });
        return text.ToString();

        void Accuracy(string what, Func<DetectorFigures, AccuracyFigures?> accuracy)
        {
            if (report.Detectors.Select(accuracy).FirstOrDefault(figures => figures is not null) is not { } any)
                return;
            Row(
                $"{what}, {ReportText.Count(any.Pairs)} pairs: accuracy (of {ReportText.Count(any.Images)} pictures without a face)",
                figures => accuracy(figures) is { } own ? $"{Share(own.Accuracy)} ({ReportText.Count(own.Missed)})" : Nothing
            );
        }

        void Row(string name, Func<DetectorFigures, string> cell) =>
            text.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", report.Detectors.Select(cell).Prepend(name))} |");
    }

    private static string Pictures(int count) => count == 1 ? "1 picture" : $"{ReportText.Count(count)} pictures";

    private static string Number(double value) => ReportText.Number(value, FigureKind.Number);

    private static string Share(double value) => ReportText.Number(value, FigureKind.Share);

    private static string Count(int? count) => count is { } known ? ReportText.Count(known) : Nothing;

    private static string Time(TimeFigures? time) =>
        time is null
            ? Nothing
            : $"{ReportText.Number(time.Milliseconds, FigureKind.Milliseconds)} ({ReportText.Number(time.Ratio, FigureKind.Ratio)})";

    private static string Megabytes(long? bytes, string format) =>
        bytes is { } known ? (known / 1e6).ToString(format, System.Globalization.CultureInfo.InvariantCulture) + " MB" : Nothing;
}
