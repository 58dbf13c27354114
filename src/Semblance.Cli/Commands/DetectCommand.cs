using System.CommandLine;
using Semblance.Cli.Inputs;
using Semblance.Cli.Output;
using Semblance.Files;
using Semblance.Gallery.Privacy;
using SkiaSharp;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance detect</c>: where faces are.</summary>
internal static class DetectCommand
{
    private static readonly Option<string?> Annotate = AnalyzeCommand.AnnotateOption();

    private static readonly Option<string?> Crops = new("--crops")
    {
        Description = "Write every box as a picture into this folder.",
        HelpName = "DIR",
    };

    public static Command Create()
    {
        Command command = new(
            "detect",
            "Finds faces: box, score, five landmarks.\n\nExample: semblance detect photos/ --recursive --json --min-face 40"
        )
        {
            InputOptions.Inputs,
            InputOptions.Recursive,
            InputOptions.Json,
            Annotate,
            Crops,
        };
        foreach (Option option in AnalyzerOptions.ForDetection)
            command.Options.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string? crops = parsed.GetValue(Crops);
        OutputNames? names = crops is null ? null : new(crops);
        return AnalyzeCommand.RunAsync(
            parsed,
            FaceFeatures.None,
            parsed.GetValue(Annotate),
            names is null
                ? AnalysisUse.None
                : new((analysis, inputs) => SaveCrops(analysis, names.ForFaces(analysis.Input, analysis.Faces!.Count, ".png"), inputs))
                {
                    NeedsImage = true,
                },
            stop
        );
    }

    private static void SaveCrops(ImageAnalysis analysis, IReadOnlyList<string> files, ProtectedInputs inputs)
    {
        if (analysis.Faces!.Count == 0)
            return;
        PrivateFiles.CreateFolder(Path.GetDirectoryName(files[0])!);
        using SKImage whole = Annotation.FaceAnnotator.Draw(analysis.Image!, []);
        for (int i = 0; i < analysis.Faces.Count; i++)
        {
            SKRectI box = SKRectI.Intersect(
                SKRectI.Round(
                    new SKRect(analysis.Faces[i].Box.X, analysis.Faces[i].Box.Y, analysis.Faces[i].Box.Right, analysis.Faces[i].Box.Bottom)
                ),
                new(0, 0, whole.Width, whole.Height)
            );
            if (box.Width < 1 || box.Height < 1)
                continue;
            using SKImage crop = whole.Subset(box);
            using SKData data = crop.Encode(SKEncodedImageFormat.Png, 100);
            AtomicFile.Write(inputs.Spare(files[i]), data.SaveTo, FileReaders.OwnerAlone);
        }
    }
}
