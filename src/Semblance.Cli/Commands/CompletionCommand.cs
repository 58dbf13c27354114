using System.CommandLine;
using Semblance.Cli.Output;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance completion</c>: scripts that let a shell complete commands and options.</summary>
internal static class CompletionCommand
{
    private static readonly Argument<string> Shell = new("SHELL") { Description = "bash, zsh, fish or pwsh." };

    public static Command Create()
    {
        Command command = new(
            "completion",
            "Prints a script that completes commands and options in a shell.\n\nExamples:\n"
                + "  bash  echo 'source <(semblance completion bash)' >> ~/.bashrc\n"
                + "  zsh   echo 'source <(semblance completion zsh)' >> ~/.zshrc\n"
                + "  fish  semblance completion fish > ~/.config/fish/completions/semblance.fish\n"
                + "  pwsh  semblance completion pwsh >> $PROFILE"
        )
        {
            Shell.AcceptOnlyFromAmong([.. CompletionScripts.Shells]),
        };
        command.SetAction(parsed =>
        {
            Console.Out.Write(CompletionScripts.For(parsed.GetRequiredValue(Shell)));
            return (int)ExitCode.Done;
        });
        return command;
    }
}
