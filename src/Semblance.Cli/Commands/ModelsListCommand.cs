using System.CommandLine;
using Semblance.Cli.Output;
using Semblance.Models;
using Spectre.Console;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance models list</c>: what is here and what can be had.</summary>
internal static class ModelsListCommand
{
    /// <summary>So much of a hash, and so many figures, are shown; <c>models info</c> has all.</summary>
    private const int ShownHash = 12,
        ShownFigures = 3;

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON document a model, line by line, with everything." };

    public static Command Create()
    {
        Command command = new(
            "list",
            "Lists the models of this machine, and those that can be pulled: licence, size, hash, and figures published by the origin "
                + "and measured here.\n\nExample: semblance models list"
        )
        {
            Json,
        };
        command.SetAction(parsed => Run(parsed.GetValue(Json)));
        return command;
    }

    private static int Run(bool json)
    {
        IReadOnlyList<ListedModel> models = ListedModel.All();
        IReadOnlyList<ModelException> unreadable = ModelCatalog.Default.ListUnreadable();
        foreach (ModelException problem in unreadable)
            Messages.Error(problem.Message);
        ExitCode code = unreadable.Count == 0 ? ExitCode.Done : ExitCode.SomeFailed;
        if (json)
        {
            foreach (ListedModel model in models)
                Console.Out.WriteLine(model.ToJson());
            return (int)code;
        }
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(3)).AddColumn();
        foreach (IGrouping<ModelState, ListedModel> group in models.GroupBy(model => model.State).OrderBy(group => group.Key))
        {
            grid.AddRow(Terminal.Cell(Heading(group.Key), new Style(decoration: Decoration.Bold)), Text.Empty);
            foreach (ListedModel model in group)
                grid.AddRow(Terminal.Cell("  " + model.Id), Terminal.Cell(Describe(model)));
            grid.AddEmptyRow();
        }
        Terminal.Out().Write(grid);
        return (int)code;
    }

    private static string Heading(ModelState state) =>
        state switch
        {
            ModelState.Pack => "WITH THE PROGRAM",
            ModelState.Imported => "IMPORTED",
            ModelState.Pulled => "PULLED",
            _ => "CAN BE PULLED",
        };

    private static string Describe(ListedModel model)
    {
        List<string> lines =
        [
            $"{string.Join(", ", model.Kinds)}; {ModelText.Size(model.Size)}; sha256 "
                + $"{string.Join(' ', model.Sha256.Values.Select(hash => hash[..ShownHash]))}",
            $"{(model.License == model.CommercialUse ? "licence" : model.License + "; commercial use")} {model.CommercialUse}",
        ];
        if (model.Published is { } published)
            lines.Add($"published: {ModelText.Figures(published, ShownFigures)}");
        if (model.Measured is { } measured)
            lines.Add($"measured: {ModelText.Figures(measured, ShownFigures)}");
        return string.Join('\n', lines);
    }
}
