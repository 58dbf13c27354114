using System.CommandLine;

namespace Semblance.Training.Commands;

/// <summary>An option that takes one of several words.</summary>
internal static class OptionChoice
{
    public static Option<string> Of(string name, string description, string otherwise, IEnumerable<string> words)
    {
        Option<string> option = new(name)
        {
            Description = description,
            HelpName = string.Join("|", words),
            DefaultValueFactory = _ => otherwise,
        };
        option.AcceptOnlyFromAmong([.. words]);
        return option;
    }
}
