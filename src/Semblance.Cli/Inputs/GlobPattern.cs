using System.Text;
using System.Text.RegularExpressions;

namespace Semblance.Cli.Inputs;

/// <summary>Globs as regular expressions: ** any folders, * any characters of a name, ? one of them.</summary>
internal static class GlobPattern
{
    public static Regex ToRegex(string glob)
    {
        StringBuilder pattern = new("^");
        for (int i = 0; i < glob.Length; i++)
        {
            if (glob.AsSpan(i).StartsWith("**/"))
            {
                pattern.Append("(.*/)?");
                i += 2;
            }
            else if (glob.AsSpan(i).StartsWith("**"))
            {
                pattern.Append(".*");
                i++;
            }
            else
            {
                pattern.Append(
                    glob[i] switch
                    {
                        '*' => "[^/]*",
                        '?' => "[^/]",
                        char c => Regex.Escape(c.ToString()),
                    }
                );
            }
        }
        return new(pattern.Append('$').ToString(), RegexOptions.CultureInvariant);
    }
}
