using System.CommandLine;
using Semblance.Evaluation.Attributes;
using Semblance.Evaluation.Running;
using Semblance.Models;
using Semblance.Training.Attributes.Calibration;

namespace Semblance.Training.Attributes.Commands;

/// <summary><c>semblance train intervals</c>: fits how a model's intervals of apparent age are drawn.</summary>
internal static class IntervalsCommand
{
    private const double Promised = 0.8;
    private const string HeldKey = "age coverage80",
        CrossedKey = "age coverage80, fitted on the other half",
        WidthKey = "age interval width";

    public static Command Create()
    {
        Option<string> utk = new("--utk") { Description = "UTKFace with single files and splits: folder or .tar.", Required = true };
        Option<string> model = new("--model")
        {
            Description = "Model of apparent age: catalogue id or folder.",
            DefaultValueFactory = _ => "age-gender",
            HelpName = "ID",
        };
        Option<string?> output = new("--out")
        {
            Description = "Where the model's manifest goes with the fitted intervals. [default: nothing is written]",
            HelpName = "FILE",
        };
        Option<int> threads = new("--threads") { Description = "Pictures at once.", DefaultValueFactory = _ => Environment.ProcessorCount };
        Command command = new(
            "intervals",
            "Fits how a model's 80 % intervals of apparent age are drawn, on a validation part: as it is, framed otherwise and made worse. "
                + "Shows what they hold by condition and age group, before and with the factors of the other half of the faces.\n\n"
                + "Example: semblance train intervals --utk utkface.tar --out model.json"
        )
        {
            utk,
            model,
            output,
            threads,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                Task.Run(
                    () =>
                    {
                        string name = parsed.GetValue(model)!;
                        Run(
                            PictureSet.Open(parsed.GetValue(utk)!),
                            Directory.Exists(name) ? InstalledModel.Open(name) : ModelCatalog.Default.Find(name, ModelKind.Age),
                            parsed.GetValue(output),
                            parsed.GetValue(threads),
                            cancellationToken
                        );
                    },
                    cancellationToken
                )
        );
        return command;
    }

    private static void Run(PictureSet set, InstalledModel model, string? output, int threads, CancellationToken cancellationToken)
    {
        IReadOnlyList<LabelledFace> faces = set.ReadText("labels.csv", path => LabelledFace.Read(path, ModelKind.Age, "val"));
        IReadOnlyList<IntervalCondition> conditions = IntervalMeasurement.Measure(
            model,
            set,
            faces,
            threads,
            way => Console.Error.WriteLine($"measured: {way}"),
            cancellationToken
        );
        AgeIntervalScale[] halves = [.. Enumerable.Range(0, 2).Select(half => IntervalFit.Fit(conditions, i => i % 2 != half))];
        AgeIntervalScale fitted = IntervalFit.Fit(conditions, _ => true);
        IntervalCoverage[] crossed = [.. conditions.Select(condition => IntervalCoverage.Of(condition, i => halves[i % 2]))],
            final = [.. conditions.Select(condition => IntervalCoverage.Of(condition, _ => fitted))];
        Print("as the network gives them", [.. conditions.Select(condition => IntervalCoverage.Of(condition, _ => null))]);
        Print("with the factors of the other half", crossed);
        Print("with the factors of all", final);
        if (output is null)
            return;
        Dictionary<string, double> measured = new(model.Manifest.Measured ?? new Dictionary<string, double>())
        {
            [HeldKey] = Math.Round(final[0].Held, 4),
            [CrossedKey] = Math.Round(crossed[0].Held, 4),
            [WidthKey] = Math.Round(final[0].Width, 4),
        };
        AttributeSettings settings = (model.Manifest.Attributes ?? new()) with { AgeInterval = fitted };
        (model.Manifest with { Attributes = settings, Measured = measured }).Write(output);
        Console.Error.WriteLine($"written: {output}");
    }

    private static void Print(string title, IReadOnlyList<IntervalCoverage> rows)
    {
        Console.Out.WriteLine($"80 % intervals {title}: share of labels held, the worst first");
        Console.Out.WriteLine($"| condition | all | width | {string.Join(" | ", AgeGroups.All)} |");
        Console.Out.WriteLine($"| --- | --- | --- |{string.Concat(AgeGroups.All.Select(_ => " --- |"))}");
        foreach (IntervalCoverage row in rows.OrderByDescending(row => row.Worst(Promised)))
            Console.Out.WriteLine(
                FormattableString.Invariant($"| {row.Condition} | {row.Held:0.000} | {row.Width:0.0} | ")
                    + string.Join(" | ", row.ByAgeGroup.Select(held => FormattableString.Invariant($"{held:0.00}")))
                    + " |"
            );
        double[] cells = [.. rows.SelectMany(row => row.ByAgeGroup).Where(double.IsFinite)];
        Console.Out.WriteLine(
            FormattableString.Invariant(
                $"root mean square distance from 80 %: {Math.Sqrt(cells.Average(held => (held - Promised) * (held - Promised))):0.000}"
            )
        );
        Console.Out.WriteLine();
    }
}
