using System.CommandLine;

namespace Semblance.Cli;

/// <summary>Options that every command takes.</summary>
internal static class GlobalOptions
{
    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "No progress and no warnings.", Recursive = true };

    public static readonly Option<bool> NoColor = new("--no-color")
    {
        Description = "No colours; also when NO_COLOR is set or output is no terminal.",
        Recursive = true,
    };

    public static readonly Option<int> Threads = new("--threads")
    {
        Description = "Threads to work with. [default: the processors of the machine]",
        Recursive = true,
        HelpName = "N",
    };

    public static readonly Option<string?> Config = new("--config")
    {
        Description =
            "JSON file with values for options, e.g. {\"detector\": \"mtcnn\", \"threads\": 2}. The command line wins over the environment "
            + "(SEMBLANCE_DETECTOR, SEMBLANCE_THREADS, …), that over the file.",
        Recursive = true,
        HelpName = "FILE",
    };

    public static readonly Option<bool> CommercialOnly = new("--commercial-only")
    {
        Description = "Take only models whose terms permit commercial use; another one that is needed is an error.",
        Recursive = true,
    };

    public static IReadOnlyList<Option> All { get; } = [Quiet, NoColor, Threads, CommercialOnly, Config];
}
