using System.CommandLine;
using Semblance.Cli.Output;
using Semblance.Models;
using Spectre.Console;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance models info</c>: everything known about a model.</summary>
internal static class ModelsInfoCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "Catalogue id." };
    private static readonly Option<bool> Json = new("--json") { Description = "The manifest as JSON." };

    public static Command Create()
    {
        Command command = new("info", "Shows everything known about a model.\n\nExample: semblance models info mobilefacenet-512")
        {
            Id,
            Json,
        };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(Id), parsed.GetValue(Json)));
        return command;
    }

    private static int Run(string id, bool json)
    {
        PullableModel? pullable = ModelCatalog.Default.Contains(id)
            ? null
            : PullableCatalog.Default.Models.FirstOrDefault(model => model.Id == id);
        InstalledModel? model = pullable is null ? ModelCatalog.Default.Find(id) : null;
        ModelManifest manifest = pullable?.Manifest ?? model!.Manifest;
        if (json)
        {
            Console.Out.Write(manifest.ToJson());
            return (int)ExitCode.Done;
        }
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        Add("id", manifest.Id);
        Add("kind", ModelText.Kinds(manifest));
        Add("licence", $"{manifest.License}; commercial use {ModelText.CommercialUse(manifest)}");
        Add("origin", manifest.Origin);
        Add("trained on", manifest.TrainingData);
        foreach ((string role, ModelFile file) in manifest.Files)
            Add($"file {role}", $"{file.File}, sha256 {file.Sha256}");
        Add("size", ModelText.Size(model?.Size ?? pullable!.Bytes));
        Add("input", ModelText.Input(manifest.Input));
        if (manifest.Contract is { } contract)
            Add("contract", contract);
        if (manifest.Calibration is { } calibration)
        {
            Add(
                "calibrated on",
                $"{calibration.Data}: {calibration.MatedPairs:N0} mated and {calibration.NonMatedPairs:N0} non-mated pairs of "
                    + $"{calibration.People:N0} people"
            );
            foreach (IReadOnlyList<double> row in calibration.Fmr)
            {
                double fnmr = calibration.Fnmr?.FirstOrDefault(r => r[0] == row[0])?[1] ?? double.NaN;
                IReadOnlyList<double>? interval = calibration.FmrInterval?.FirstOrDefault(r => r[0] == row[0]);
                Add(
                    $"  FMR {ResultText.Rate(row[0])}",
                    $"threshold {row[1]:0.0000}"
                        + (interval is null ? "" : $" ({interval[1]:0.0000} to {interval[2]:0.0000})")
                        + $", FNMR {fnmr:0.0000}"
                );
            }
        }
        if (manifest.Published is { } published)
            Add("published", ModelText.Figures(published));
        if (manifest.Measured is { } measured)
            Add(
                "measured",
                string.Join('\n', measured.Select(figure => FormattableString.Invariant($"{figure.Key} {figure.Value:0.####}")))
            );
        if (model is null)
            Add("not here", $"semblance models pull {id}");
        else
            Add("folder", model.Folder);
        Terminal.Out().Write(grid);
        return (int)ExitCode.Done;

        void Add(string name, string value) =>
            grid.AddRow(Terminal.Cell(name, new Style(decoration: Decoration.Bold)), Terminal.Cell(value));
    }
}
