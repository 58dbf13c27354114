using System.CommandLine;
using System.Text.Json;
using Semblance.Cli.Importing;
using Semblance.Cli.Output;
using Semblance.Conversion;
using Semblance.Embedding;
using Semblance.Files;
using Semblance.Models;
using Semblance.Models.Importing;
using Semblance.Models.Installing;
using Semblance.Writing;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance models import</c>: makes somebody's weights usable by id.</summary>
internal static class ModelsImportCommand
{
    private static readonly string Kinds = string.Join(", ", Enum.GetNames<ModelKind>().Select(JsonNamingPolicy.CamelCase.ConvertName));

    private static readonly Argument<string[]> Files = new("FILE")
    {
        Description = "An ONNX file, or a checkpoint: .pt, .pth, .ckpt, .tar or .safetensors. MTCNN has three.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Id = new("--id")
    {
        Description = "Catalogue id. [default: made from the file name]",
        HelpName = "ID",
    };

    private static readonly Option<string?> Kind = new("--kind") { Description = $"What it does: {Kinds}.", HelpName = "K" };

    private static readonly Option<string?> Channels = new("--channels")
    {
        Description = "Order of its colour planes: RGB or BGR.",
        HelpName = "RGB|BGR",
    };
    private static readonly Option<string?> Mean = new("--mean")
    {
        Description = "Subtracted from pixels 0 to 255: one number, or three in the order of the channels.",
        HelpName = "M",
    };
    private static readonly Option<string?> Scale = new("--scale")
    {
        Description = "Multiplied after that: one number or three; 1/128 is possible.",
        HelpName = "S",
    };
    private static readonly Option<int?> Size = new("--size")
    {
        Description = "Side of its input in pixels. [default: what the network declares]",
        HelpName = "N",
    };
    private static readonly Option<string?> Decoder = new("--decoder")
    {
        Description = "Detectors: retinaface or scrfd. [default: by its outputs]",
        HelpName = "D",
    };
    private static readonly Option<string?> Labels = new("--labels")
    {
        Description = "Classifiers: the classes in order.",
        HelpName = "A,B,…",
    };
    private static readonly Option<string?> License = new("--license") { Description = "Licence of the weights.", HelpName = "L" };
    private static readonly Option<string?> Manifest = new("--manifest")
    {
        Description = "Manifest. [default: NAME.json or model.json beside the file]",
        HelpName = "JSON",
    };
    private static readonly Option<bool> Replace = new("--replace") { Description = "Replace an imported model of this id." };

    public static Command Create()
    {
        Command command = new(
            "import",
            "Takes a model file over, checks that it is what is said of it, and makes it usable by id.\n\n"
                + "Example: semblance models import adaface_ir50_ms1mv2.ckpt\n"
                + "Example: semblance models import w600k_r50.onnx --kind embedder --channels RGB --mean 127.5 --scale 1/127.5 "
                + "--license \"non-commercial\""
        )
        {
            Files,
            Id,
            Kind,
            Channels,
            Mean,
            Scale,
            Size,
            Decoder,
            Labels,
            License,
            Manifest,
            Replace,
        };
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), stop));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken stop)
    {
        string[] files = parsed.GetRequiredValue(Files);
        foreach (string file in files)
            RequireFile(file);
        ImportOptions options = OptionsOf(parsed);
        ModelStoreOptions store = new() { Existing = parsed.GetValue(Replace) ? ExistingModel.Replace : ExistingModel.Refuse };
        bool quiet = new Settings(parsed).Quiet;
        InstalledModel model = files.All(file => Path.GetExtension(file).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
            ? ImportOnnx(files, options, store, quiet, stop)
            : ImportCheckpoints(files, options, store, quiet, stop);
        Console.Out.WriteLine($"{model.Id}: imported into {model.Folder}");
        if (!quiet && ModelText.Use(model.Manifest) is { } use)
            Messages.Hint(use);
        return (int)ExitCode.Done;
    }

    private static InstalledModel ImportOnnx(
        string[] files,
        ImportOptions options,
        ModelStoreOptions store,
        bool quiet,
        CancellationToken stop
    )
    {
        if (files is not [var file])
            throw new UsageException($"{files.Length} ONNX files were given, a model is one");
        OnnxImport import = OnnxImport.Describe(file, options);
        RefuseIdOfPack(import.Manifest.Id);
        InstalledModel model = ModelStore.Default.Add(import.Manifest, FilesOf(import, file), store, stop);
        if (import.Assumptions.Count > 0 && !quiet)
            Messages.Warning(
                $"nobody said how pixels go in; assumed: {string.Join("; ", import.Assumptions)}. Wrong ones give wrong answers without "
                    + $"an error."
            );
        return model;
    }

    private static Dictionary<string, string> FilesOf(OnnxImport import, string file)
    {
        Dictionary<string, string> files = new() { [InstalledModel.SingleRole] = file };
        if (import.CohortFile is { } cohort)
            files[EmbeddingCohort.FileRole] = cohort;
        return files;
    }

    private static InstalledModel ImportCheckpoints(
        string[] files,
        ImportOptions options,
        ModelStoreOptions store,
        bool quiet,
        CancellationToken stop
    )
    {
        if (options.Id is { } id)
            ModelId.Require(id);
        using StagingFolder folder = StagingFolder.Create(ModelStore.Default.Folder);
        ImportedModel imported = CheckpointImport.Run(files, folder.Path, cancellationToken: stop);
        if (!quiet)
            foreach (ImportedNetwork network in imported.Networks)
                Messages.Hint($"{Path.GetFileName(network.Checkpoint)}: {network.Architecture.Id}");
        ModelManifest manifest = CheckpointManifest.Of(imported, options);
        RefuseIdOfPack(manifest.Id);
        return ModelStore.Default.Add(
            manifest,
            imported.Networks.ToDictionary(network => network.Architecture.Role.File, network => network.File),
            store with
            {
                Source = SourceFiles.Move,
            },
            stop
        );
    }

    private static void RequireFile(string path)
    {
        if (Directory.Exists(path))
            throw new UsageException($"'{path}' is a folder; name the file in it");
        if (!File.Exists(path))
            throw new UsageException($"there is no file '{path}'");
        if (FileIdentity.KindOf(path) != FileKind.Regular)
            throw new UsageException($"'{path}' is a pipe, a socket or a device, no regular file");
    }

    private static void RefuseIdOfPack(string id)
    {
        if (ModelCatalog.Pack.Contains(id))
            throw new UsageException($"'{id}' is the id of a model of the pack; give another one with --id");
    }

    private static ImportOptions OptionsOf(ParseResult parsed) =>
        new()
        {
            Id = parsed.GetValue(Id),
            Kind = parsed.GetValue(Kind) is { } kind ? KindOf(kind) : null,
            Channels = parsed.GetValue(Channels),
            Mean = parsed.GetValue(Mean) is { } mean ? NumbersOf("--mean", mean) : null,
            Scale = parsed.GetValue(Scale) is { } scale ? NumbersOf("--scale", scale) : null,
            Size = parsed.GetValue(Size),
            Decoder = parsed.GetValue(Decoder),
            Labels = parsed.GetValue(Labels)?.Split(',', StringSplitOptions.TrimEntries),
            License = parsed.GetValue(License),
            Manifest = parsed.GetValue(Manifest),
        };

    private static ModelKind KindOf(string text) =>
        Enum.TryParse(text, ignoreCase: true, out ModelKind kind) && Enum.IsDefined(kind)
            ? kind
            : throw new UsageException($"--kind is '{text}'; known are {Kinds}");

    /// <summary>Numbers separated by commas; a fraction such as 1/128 is one.</summary>
    private static float[] NumbersOf(string option, string text)
    {
        return [.. text.Split(',').Select(Number)];

        float Number(string part)
        {
            string[] sides = part.Split('/');
            float divisor = 1;
            if (
                sides.Length <= 2
                && InvariantNumber.TryParse(sides[0].AsSpan().Trim(), out float value)
                && (sides.Length == 1 || InvariantNumber.TryParse(sides[1].AsSpan().Trim(), out divisor))
                && float.IsFinite(value / divisor)
            )
                return value / divisor;
            throw new UsageException(
                $"{option} is '{text}': one number, three separated by commas, or a fraction such as 1/128 is possible"
            );
        }
    }
}
