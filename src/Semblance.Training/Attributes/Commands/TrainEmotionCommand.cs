using System.CommandLine;
using Semblance.Training.Attributes.Data;
using Semblance.Training.Attributes.Export;
using Semblance.Training.Attributes.Networks;
using Semblance.Training.Attributes.Training;

namespace Semblance.Training.Attributes.Commands;

/// <summary><c>semblance train emotion</c>.</summary>
internal static class TrainEmotionCommand
{
    private static readonly int[] DefaultSides = [48, 48, 48, 48, 48, 48, 48, 48, 48];

    public static Command Create()
    {
        Option<string> fer = new("--fer") { Description = "FER-2013 with FER+ votes: folder or .tar.", Required = true };
        Option<string> raf = new("--raf") { Description = "RAF-DB faces: folder or .tar.", Required = true };
        Option<double> share = new("--fer-share") { Description = "Share of the FER pictures that an epoch draws.", DefaultValueFactory = _ => new EmotionTaskOptions().FerShare };
        Option<double> repeats = new("--raf-repeats") { Description = "How often an epoch draws a RAF picture, on average.", DefaultValueFactory = _ => new EmotionTaskOptions().RafRepeats };
        AttributeRunOptions run = new(DefaultSides);
        Command command = new("emotion", "Trains the expression network: one trunk, a head for each label set.") { fer, raf, share, repeats };
        run.AddTo(command);
        command.SetAction((parsed, cancellationToken) => Task.Run(() =>
        {
            ImageArchive ferArchive = ImageArchive.Open(parsed.GetValue(fer)!), rafArchive = ImageArchive.Open(parsed.GetValue(raf)!);
            List<EmotionSample> ferValidation = FerArchive.Read(ferArchive, "val"), rafValidation = RafArchive.Read(rafArchive, "val");
            EmotionTask task = new(FerArchive.Read(ferArchive, "train"), RafArchive.Read(rafArchive, "train"), ferValidation, rafValidation, new() { FerShare = parsed.GetValue(share), RafRepeats = parsed.GetValue(repeats) });
            run.Train(
                parsed, task, new(),
                (finished, stop) =>
                {
                    // RAF-DB is a tenth of the pictures; with fixed features its head can see them more often.
                    EmotionTask heads = task.With(new() { RafRepeats = 4 });
                    (HeadLayers layers, float[] plain, float[] mirrored) =
                        new HeadRefit(heads, [new TrunkFeatures(finished.Network, finished.Side)], finished.Refit, Console.Error).Run(finished.Trained, stop);
                    return new EmotionExport(ferValidation, rafValidation, finished.Side).Write(finished.Folder, finished.Network.TrunkToOnnx(), layers, plain, mirrored, finished.Recipe);
                },
                cancellationToken);
        }, cancellationToken));
        return command;
    }
}
