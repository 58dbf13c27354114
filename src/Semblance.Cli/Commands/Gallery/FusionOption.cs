using System.CommandLine;
using Semblance.Gallery.Identifying;

namespace Semblance.Cli.Commands.Gallery;

/// <summary>The option that says how several references of a person are compared.</summary>
internal static class FusionOption
{
    public static readonly Option<string> Fusion = VerifyCommand.Choice(
        "--fusion",
        "How a person's references are taken together: best, mean, or norm-weighted.",
        "best",
        "best",
        "mean",
        "norm-weighted"
    );

    public static ReferenceFusion Of(Settings settings) =>
        settings.Get(Fusion, "best") switch
        {
            "mean" => ReferenceFusion.Mean,
            "norm-weighted" => ReferenceFusion.NormWeighted,
            _ => ReferenceFusion.Best,
        };
}
