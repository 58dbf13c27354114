namespace Semblance.Cli.Output;

/// <summary>Scripts that ask the program itself what may stand next, by its <c>[suggest]</c> directive; files are the shell's own
/// work.</summary>
internal static class CompletionScripts
{
    private const string Bash = """
        _semblance() {
          local word="${COMP_WORDS[COMP_CWORD]}" line="${COMP_LINE}" IFS=$'\n'
          COMPREPLY=( $(compgen -W "$(semblance "[suggest:${COMP_POINT}]" "${line}" 2>/dev/null)" -- "${word}") )
          [ "${#COMPREPLY[@]}" -gt 0 ] || COMPREPLY=( $(compgen -f -- "${word}") )
        }
        complete -o filenames -F _semblance semblance

        """;

    private const string Zsh = """
        _semblance() {
          local -a found
          found=("${(@f)$(semblance "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          compadd -a found
          _files
        }
        (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
        compdef _semblance semblance

        """;

    private const string Fish = """
        function __semblance_complete
            set -l line (commandline -cp)
            semblance "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c semblance -a '(__semblance_complete)'

        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName semblance -ScriptBlock {
            param($word, $ast, $position)
            $line = $ast.ToString()
            semblance "[suggest:$position]" "$line" 2>$null |
                Where-Object { $_ -like "$word*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }

        """;

    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = Bash,
        ["zsh"] = Zsh,
        ["fish"] = Fish,
        ["pwsh"] = PowerShell,
    };

    /// <summary>The shells there are scripts for.</summary>
    public static IReadOnlyCollection<string> Shells => Scripts.Keys;

    /// <summary>A shell's script.</summary>
    public static string For(string shell) => Scripts[shell];
}
