using System.CommandLine;
using Semblance.Cli.Output;
using Semblance.Models;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance models verify</c>: compares files with their hashes.</summary>
internal static class ModelsVerifyCommand
{
    private static readonly Argument<string?> Id = new("ID")
    {
        Description = "Catalogue id; all when left out.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create()
    {
        Command command = new(
            "verify",
            "Compares files with the hashes in the manifests. Exit code 1: altered.\n\nExample: semblance models verify"
        )
        {
            Id,
        };
        command.SetAction(parsed => Run(parsed.GetValue(Id)));
        return command;
    }

    private static int Run(string? id)
    {
        ExitCode code = ExitCode.Done;
        IReadOnlyList<InstalledModel> models = id is null ? ModelCatalog.Default.List() : [ModelCatalog.Default.Find(id)];
        foreach (ModelException problem in id is null ? ModelCatalog.Default.ListUnreadable() : [])
        {
            Messages.Error(problem.Message);
            code = ExitCode.No;
        }
        foreach (InstalledModel model in models)
        {
            IReadOnlyList<string> altered = model.FindAlteredFiles();
            Console.Out.WriteLine($"{model.Id}: {(altered.Count == 0 ? "unaltered" : "ALTERED: " + string.Join(", ", altered))}");
            if (altered.Count > 0)
                code = ExitCode.No;
        }
        return (int)code;
    }
}
