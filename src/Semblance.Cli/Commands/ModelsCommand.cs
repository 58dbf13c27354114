using System.CommandLine;
using Semblance.Cli.Output;
using Semblance.Models;
using Spectre.Console;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance models</c>: what is installed.</summary>
internal static class ModelsCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "Catalogue id." };
    private static readonly Argument<string?> OptionalId = new("ID") { Description = "Catalogue id; all when left out.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON document a model, line by line." };

    public static Command Create()
    {
        Command list = new("list", "Lists the models of this machine.\n\nExample: semblance models list") { Json };
        list.SetAction(parsed => List(parsed.GetValue(Json)));
        Command info = new("info", "Shows everything known about a model.\n\nExample: semblance models info mobilefacenet-512") { Id, Json };
        info.SetAction(parsed => Info(parsed.GetRequiredValue(Id), parsed.GetValue(Json)));
        Command verify = new("verify", "Compares files with the hashes in the manifests. Exit code 1: altered.\n\nExample: semblance models verify") { OptionalId };
        verify.SetAction(parsed => Verify(parsed.GetValue(OptionalId)));
        return new Command("models", "Lists, shows, checks and calibrates models.") { list, info, verify, CalibrateCommand.Create() };
    }

    private static int List(bool json)
    {
        IReadOnlyList<InstalledModel> models = ModelCatalog.Default.List();
        if (json)
        {
            foreach (InstalledModel model in models) Console.Out.WriteLine(model.Manifest.ToJsonLine());
            return (int)ExitCode.Done;
        }
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string column in new[] { "id", "kind", "licence", "commercial use", "size", "folder" }) table.AddColumn(column);
        foreach (InstalledModel model in models)
        {
            table.AddRow(
                model.Id, string.Join(", ", model.Manifest.Kinds).ToLowerInvariant(), model.Manifest.License, model.Manifest.CommercialUse ? "permitted" : "not permitted",
                $"{model.Size / 1e6:0.0} MB", Markup.Escape(model.Folder));
        }
        Terminal.Out().Write(table);
        return (int)ExitCode.Done;
    }

    private static int Info(string id, bool json)
    {
        InstalledModel model = ModelCatalog.Default.Find(id);
        if (json)
        {
            Console.Out.Write(model.Manifest.ToJson());
            return (int)ExitCode.Done;
        }
        ModelManifest manifest = model.Manifest;
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        Add("id", manifest.Id);
        Add("kind", string.Join(", ", manifest.Kinds).ToLowerInvariant());
        Add("licence", $"{manifest.License}; commercial use {(manifest.CommercialUse ? "permitted" : "not permitted")} by the licence of the weights");
        Add("origin", manifest.Origin);
        Add("trained on", manifest.TrainingData);
        foreach ((string role, ModelFile file) in manifest.Files) Add($"file {role}", $"{file.File}  sha256 {file.Sha256}");
        Add("input", $"{(manifest.Input.Width == 0 ? "any size" : $"{manifest.Input.Width}x{manifest.Input.Height}")}, {manifest.Input.Channels}, (pixel - {manifest.Input.Mean[0]}) * {manifest.Input.Scale[0]}");
        if (manifest.Contract is { } contract) Add("contract", contract);
        if (manifest.Calibration is { } calibration)
        {
            Add("calibrated on", $"{calibration.Data}: {calibration.MatedPairs:N0} mated and {calibration.NonMatedPairs:N0} non-mated pairs of {calibration.People:N0} people");
            foreach (IReadOnlyList<double> row in calibration.Fmr)
            {
                double fnmr = calibration.Fnmr?.FirstOrDefault(r => r[0] == row[0])?[1] ?? double.NaN;
                IReadOnlyList<double>? interval = calibration.FmrInterval?.FirstOrDefault(r => r[0] == row[0]);
                Add($"  FMR {ResultText.Rate(row[0])}", $"threshold {row[1]:0.0000}" + (interval is null ? "" : $" ({interval[1]:0.0000} to {interval[2]:0.0000})") + $", FNMR {fnmr:0.0000}");
            }
        }
        foreach ((string name, double value) in manifest.Measured ?? new Dictionary<string, double>()) Add(name, value.ToString("0.####"));
        Add("folder", model.Folder);
        Terminal.Out().Write(grid);
        return (int)ExitCode.Done;

        void Add(string name, string value) => grid.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(value));
    }

    private static int Verify(string? id)
    {
        ExitCode code = ExitCode.Done;
        IReadOnlyList<InstalledModel> models = id is null ? ModelCatalog.Default.List() : [ModelCatalog.Default.Find(id)];
        foreach (InstalledModel model in models)
        {
            IReadOnlyList<string> altered = model.FindAlteredFiles();
            Console.Out.WriteLine($"{model.Id}: {(altered.Count == 0 ? "unaltered" : "ALTERED: " + string.Join(", ", altered))}");
            if (altered.Count > 0) code = ExitCode.No;
        }
        return (int)code;
    }
}
