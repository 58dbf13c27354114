using System.CommandLine;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance models</c>: what is here, what can be had, and your own.</summary>
internal static class ModelsCommand
{
    public static Command Create() =>
        new("models", "Lists, shows, pulls, imports, checks, calibrates and removes models.")
        {
            ModelsListCommand.Create(),
            ModelsInfoCommand.Create(),
            ModelsPullCommand.Create(),
            ModelsImportCommand.Create(),
            ModelsVerifyCommand.Create(),
            CalibrateCommand.Create(),
            ModelsRemoveCommand.Create(),
        };
}
