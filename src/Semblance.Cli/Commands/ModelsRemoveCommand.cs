using System.CommandLine;
using Semblance.Models.Installing;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance models remove</c>: takes an imported or pulled model off this machine.</summary>
internal static class ModelsRemoveCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "Catalogue id of an imported or pulled model." };

    public static Command Create()
    {
        Command command = new(
            "remove",
            "Removes an imported or pulled model and its files; the pack stays.\n\nExample: semblance models remove adaface-ir101"
        )
        {
            Id,
        };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(Id)));
        return command;
    }

    private static int Run(string id)
    {
        ModelStore.Default.Remove(id);
        Console.Out.WriteLine($"{id}: removed");
        return (int)ExitCode.Done;
    }
}
