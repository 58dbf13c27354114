using System.CommandLine;
using Semblance.Alignment;
using Semblance.Cli.Inputs;
using Semblance.Cli.Output;
using Semblance.Files;
using Semblance.Gallery.Privacy;
using Semblance.Geometry;
using Semblance.Imaging;
using SkiaSharp;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance align</c>: crops on the ArcFace template.</summary>
internal static class AlignCommand
{
    private static readonly Option<string> Out = new("--out")
    {
        Description = "Folder for the crops (PNG).",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<int> Size = new("--size")
    {
        Description = "Side of a crop in pixels: a multiple of 112 or 128.",
        HelpName = "PX",
        DefaultValueFactory = _ => ArcFaceTemplate.Size,
    };

    public static Command Create()
    {
        Command command = new(
            "align",
            "Cuts faces onto the ArcFace template, one PNG a face.\n\nExample: semblance align photos/ --out crops/ --size 112"
        )
        {
            InputOptions.Inputs,
            InputOptions.Recursive,
            InputOptions.Json,
            Out,
            Size,
        };
        foreach (Option option in AnalyzerOptions.ForDetection)
            command.Options.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string folder = parsed.GetRequiredValue(Out);
        OutputNames names = new(folder);
        AlignmentOptions alignment = new() { Size = SizeOf(parsed) };
        return AnalyzeCommand.RunAsync(
            parsed,
            FaceFeatures.Crop,
            annotate: null,
            new((analysis, inputs) => Save(analysis, names.ForFaces(analysis.Input, analysis.Faces!.Count, ".png"), inputs))
            {
                Configure = builder => builder.UseAlignment(alignment),
            },
            stop
        );
    }

    private static int SizeOf(ParseResult parsed)
    {
        int size = parsed.GetValue(Size);
        try
        {
            _ = ArcFaceTemplate.ForSize(size);
            return size;
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new UsageException(FormattableString.Invariant($"--size is {size}; multiples of 112 and of 128 are possible"));
        }
    }

    private static void Save(ImageAnalysis analysis, IReadOnlyList<string> files, ProtectedInputs inputs)
    {
        if (files.Count == 0)
            return;
        PrivateFiles.CreateFolder(Path.GetDirectoryName(files[0])!);
        for (int i = 0; i < analysis.Faces!.Count; i++)
        {
            using FaceImage pixels = FaceImage.FromPixels(analysis.Faces[i].Crop!.Pixels);
            using SKImage drawn = Annotation.FaceAnnotator.Draw(pixels, []);
            using SKData data = drawn.Encode(SKEncodedImageFormat.Png, 100);
            AtomicFile.Write(inputs.Spare(files[i]), data.SaveTo, FileReaders.OwnerAlone);
        }
    }
}
