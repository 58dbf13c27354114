using System.CommandLine;
using Semblance.Cli.Output;
using Spectre.Console;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance models list</c>: what is here and what can be had.</summary>
internal static class ModelsListCommand
{
    private const int ShownHash = 12;

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON document a model, line by line." };

    public static Command Create()
    {
        Command command = new("list", "Lists the models of this machine, and those that can be pulled.\n\nExample: semblance models list") { Json };
        command.SetAction(parsed => Run(parsed.GetValue(Json)));
        return command;
    }

    private static int Run(bool json)
    {
        IReadOnlyList<ListedModel> models = ListedModel.All();
        if (json)
        {
            foreach (ListedModel model in models) Console.Out.WriteLine(model.ToJson());
            return (int)ExitCode.Done;
        }
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string column in new[] { "id", "kind", "state", "licence", "commercial use", "size", "sha256", "published", "measured" }) table.AddColumn(column);
        foreach (ListedModel model in models)
        {
            table.AddRow([.. new[]
            {
                model.Id, string.Join(", ", model.Kinds), model.State == ModelState.Pullable ? "can be pulled" : model.State.ToString().ToLowerInvariant(),
                model.License, model.CommercialUse, model.Size is { } size ? $"{size / 1e6:0.0} MB" : "?",
                string.Join(' ', model.Sha256.Values.Select(hash => hash[..ShownHash])), ModelText.Figures(model.Published), ModelText.Figures(model.Measured),
            }.Select(Markup.Escape)]);
        }
        Terminal.Out().Write(table);
        return (int)ExitCode.Done;
    }
}
