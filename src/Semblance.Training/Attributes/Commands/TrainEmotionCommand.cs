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
        Option<double> share = new("--fer-share")
        {
            Description = "Share of the FER pictures that an epoch draws.",
            DefaultValueFactory = _ => new EmotionTaskOptions().FerShare,
        };
        Option<double> repeats = new("--raf-repeats")
        {
            Description = "How often an epoch draws a RAF picture, on average.",
            DefaultValueFactory = _ => new EmotionTaskOptions().RafRepeats,
        };
        Option<double> evenness = new("--fer-evenness")
        {
            Description = "0 draws FER pictures as they come, 1 all expressions alike.",
            DefaultValueFactory = _ => new EmotionTaskOptions().FerEvenness,
        };
        Option<bool> mirror = new("--mirror")
        {
            Description = "The model answers from the crop and its mirror image: better, at twice the time.",
            DefaultValueFactory = _ => true,
        };
        AttributeRunOptions run = new(DefaultSides);
        Command command = new(
            "emotion",
            "Trains the expression network: one trunk, a head for each label set.\n\n"
                + "Example: semblance train emotion --fer fer2013.tar --raf emotion-colour.tar --out runs/emotion"
        )
        {
            fer,
            raf,
            share,
            evenness,
            repeats,
            mirror,
        };
        run.AddTo(command);
        command.SetAction(
            (parsed, cancellationToken) =>
                Task.Run(
                    async () =>
                    {
                        ImageArchive ferArchive = ImageArchive.Open(parsed.GetValue(fer)!),
                            rafArchive = ImageArchive.Open(parsed.GetValue(raf)!);
                        List<EmotionSample> ferValidation = FerArchive.Read(ferArchive, "val"),
                            rafValidation = RafArchive.Read(rafArchive, "val");
                        EmotionTask task = new(
                            FerArchive.Read(ferArchive, "train"),
                            RafArchive.Read(rafArchive, "train"),
                            ferValidation,
                            rafValidation,
                            new()
                            {
                                FerShare = parsed.GetValue(share),
                                FerEvenness = parsed.GetValue(evenness),
                                RafRepeats = parsed.GetValue(repeats),
                            }
                        );
                        bool both = parsed.GetValue(mirror);
                        await run.TrainAsync(
                                parsed,
                                task,
                                new(),
                                (finished, stop) =>
                                {
                                    // RAF-DB is a tenth of the pictures, disgust a hundredth of FER-2013's; with fixed features the heads
                                    // can see them more often.
                                    EmotionTask heads = task.With(new() { RafRepeats = 4, FerEvenness = 0.5 });
                                    (HeadLayers layers, float[] plain, float[] mirrored) = new HeadRefit(
                                        heads,
                                        [new TrunkFeatures(finished.Network, finished.Side)],
                                        finished.Refit with
                                        {
                                            Mirror = both,
                                        },
                                        Console.Error
                                    ).Run(finished.Trained, stop);
                                    return new EmotionExport(ferValidation, rafValidation, finished.Side, both).Write(
                                        finished.Folder,
                                        finished.Network.TrunkToOnnx(),
                                        layers,
                                        plain,
                                        mirrored,
                                        finished.Recipe
                                    );
                                },
                                cancellationToken
                            )
                            .ConfigureAwait(false);
                    },
                    cancellationToken
                )
        );
        return command;
    }
}
