using System.CommandLine;
using Semblance.Cli.Output;
using Semblance.Models;
using Spectre.Console;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance models list</c>: what is here and what can be had.</summary>
internal static class ModelsListCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON document a model, line by line." };

    public static Command Create()
    {
        Command command = new("list", "Lists the models of this machine.\n\nExample: semblance models list") { Json };
        command.SetAction(parsed => Run(parsed.GetValue(Json)));
        return command;
    }

    private static int Run(bool json)
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
}
