using System.CommandLine;
using Semblance.Embedding;
using Semblance.Models;
using Semblance.Training.Attributes.Augmentation;
using Semblance.Training.Attributes.Data;
using Semblance.Training.Attributes.Export;
using Semblance.Training.Attributes.Networks;
using Semblance.Training.Attributes.Training;

namespace Semblance.Training.Attributes.Commands;

/// <summary><c>semblance train age</c> and <c>train gender</c>: one network learns both.</summary>
internal static class TrainAgeCommand
{
    private static readonly int[] DefaultSides = [64, 64, 64, 64, 64, 64, 64, 64];

    public static Command Create(string name)
    {
        Option<string> utk = new("--utk") { Description = "UTKFace with single files and splits: folder or .tar.", Required = true };
        Option<string?> more = new("--utk-more") { Description = "UTKFace on contact sheets, all for training: folder or .tar." };
        AttributeRunOptions run = new(DefaultSides);
        Command command = new(
            name,
            "Trains the network of apparent age and perceived gender (one trunk, two heads).\n\n"
                + $"Example: semblance train {name} --utk utkface.tar --utk-more utkface-more.tar --out runs/age"
        )
        {
            utk,
            more,
        };
        run.AddTo(command);
        command.SetAction(
            (parsed, cancellationToken) =>
                Task.Run(
                    async () =>
                    {
                        ImageArchive archive = ImageArchive.Open(parsed.GetValue(utk)!);
                        List<PersonSample> train = UtkFaceArchive.Read(archive, "train");
                        if (parsed.GetValue(more) is { } sheets)
                            train.AddRange(UtkFaceArchive.ReadSheets(ImageArchive.Open(sheets)));
                        List<PersonSample> validation = UtkFaceArchive.Read(archive, "val");
                        AgeGenderTask task = new(train, validation, new());
                        AugmentationOptions augmentation = new()
                        {
                            Rotation = 8,
                            Zoom = (0.88, 1.08),
                            Shift = 0.04,
                            Erase = 0.25,
                            Contrast = 0.25,
                            Brightness = 25,
                            Grey = 0.1,
                        };
                        await run.TrainAsync(
                                parsed,
                                task,
                                augmentation,
                                (finished, stop) =>
                                {
                                    InstalledModel embedder = ModelCatalog.Default.Find(
                                        FaceAnalyzerOptions.DefaultEmbedder,
                                        ModelKind.Embedder
                                    );
                                    using OnnxFaceEmbedder vectors = new(embedder, execution: new() { Threads = run.ThreadsOf(parsed) });
                                    IFeatureSource[] sources =
                                    [
                                        new TrunkFeatures(finished.Network, finished.Side),
                                        new EmbedderFeatures(vectors, new(AgeGenderExport.Id, AgeGenderExport.InputFor(vectors))),
                                    ];
                                    (HeadLayers layers, float[] plain, _) = new HeadRefit(
                                        task,
                                        sources,
                                        finished.Refit with
                                        {
                                            Mirror = false,
                                        },
                                        Console.Error
                                    ).Run(null, stop);
                                    return new AgeGenderExport(validation, finished.Side, vectors).Write(
                                        finished.Folder,
                                        finished.Network.TrunkToOnnx(),
                                        layers,
                                        plain,
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
