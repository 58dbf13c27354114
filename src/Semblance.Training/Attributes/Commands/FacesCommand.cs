using System.CommandLine;
using System.Globalization;
using Semblance.Files;
using Semblance.Training.Attributes.Data;
using SkiaSharp;

namespace Semblance.Training.Attributes.Commands;

/// <summary><c>semblance-train faces</c>: the faces of FER-2013's contact sheets as files, for <c>semblance eval attributes
/// --aligned</c>.</summary>
internal static class FacesCommand
{
    public static Command Create()
    {
        Option<string> fer = new("--fer") { Description = "FER-2013 with FER+ votes: folder or .tar.", Required = true };
        Option<string> split = new("--split") { Description = "Which part.", DefaultValueFactory = _ => "val" };
        Option<string> output = new("--out")
        {
            Description = "Folder for the faces, labels.csv (original labels) and ferplus.csv (more than half of ten votes for one).",
            Required = true,
        };
        Command command = new(
            "faces",
            "Writes the faces of FER-2013's contact sheets as files, to measure models on.\n\n"
                + "Example: semblance train faces --fer fer2013.tar --out fer"
        )
        {
            fer,
            split,
            output,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                Task.Run(
                    () =>
                        Write(
                            FerArchive.Read(ImageArchive.Open(parsed.GetValue(fer)!), parsed.GetValue(split)!),
                            parsed.GetValue(output)!,
                            cancellationToken
                        ),
                    cancellationToken
                )
        );
        return command;
    }

    private static void Write(List<EmotionSample> faces, string folder, CancellationToken cancellationToken)
    {
        if (faces.Count == 0)
            throw new TrainingException("this part has no faces; parts are train and val");
        Directory.CreateDirectory(folder);
        List<string> labels = ["file,emotion"],
            majorities = ["file,emotion"];
        for (int i = 0; i < faces.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string file = i.ToString("00000'.png'", CultureInfo.InvariantCulture);
            AtomicFile.WriteAllBytes(Path.Combine(folder, file), Png(faces[i].Crop));
            labels.Add($"{file},{EmotionNames.All[faces[i].Emotion]}");
            if (faces[i].MajorityOfVotes is >= 0 and int voted)
                majorities.Add($"{file},{EmotionNames.All[voted]}");
        }
        AtomicFile.WriteAllText(Path.Combine(folder, "labels.csv"), string.Join(Environment.NewLine, labels) + Environment.NewLine);
        AtomicFile.WriteAllText(Path.Combine(folder, "ferplus.csv"), string.Join(Environment.NewLine, majorities) + Environment.NewLine);
        Console.Error.WriteLine($"{faces.Count} faces written to {folder}");
    }

    private static byte[] Png(FaceCrop crop)
    {
        using SKBitmap bitmap = new(crop.Side, crop.Side, SKColorType.Gray8, SKAlphaType.Opaque);
        crop.Pixels.CopyTo(bitmap.GetPixelSpan());
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
