using Semblance.Conversion.Architectures;
using Semblance.Conversion.Checkpoints;

namespace Semblance.Conversion;

/// <summary>Makes ONNX files of checkpoints: reads them, recognises the networks, writes their graphs.</summary>
public static class CheckpointImport
{
    /// <summary>Imports the checkpoints of one model.</summary>
    /// <param name="checkpoints">One file; MTCNN has three, in any order.</param>
    /// <param name="folder">Where the ONNX files go; it must exist. Each is called after its role, <c>model.onnx</c> or
    /// <c>pnet.onnx</c>.</param>
    /// <param name="options">What is not to be taken from the files themselves.</param>
    /// <param name="progress">Told of each network that was written.</param>
    /// <param name="cancellationToken">Stops the writing; files that were begun are removed.</param>
    /// <exception cref="ConversionException">A file cannot be read, its network is not known, or a network of the model is missing; nothing
    /// is left behind.</exception>
    public static ImportedModel Run(
        IReadOnlyList<string> checkpoints,
        string folder,
        CheckpointImportOptions? options = null,
        IProgress<ImportedNetwork>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(checkpoints);
        ArgumentNullException.ThrowIfNull(folder);
        options ??= new();
        List<ImportedNetwork> networks = [];
        List<string> written = [];
        try
        {
            foreach (string checkpoint in checkpoints)
            {
                using Checkpoint file = Checkpoint.Open(checkpoint);
                RecognizedNetwork network = Recognize(file, checkpoint, options);
                string path = Path.Combine(folder, network.Architecture.Role.File + ".onnx");
                if (networks.Exists(other => other.File == path))
                    throw new ConversionException($"{checkpoint}: a second file for {network.Architecture.Id}");
                if (networks is [var first, ..] && first.Architecture.Role.Model != network.Architecture.Role.Model)
                    throw new ConversionException(
                        $"{checkpoint}: {network.Architecture.Id} is no part of the model {first.Architecture.Role.Model}"
                    );
                written.Add(path);
                network.Architecture.Build(network.Weights, options.Form).Write(path, cancellationToken);
                networks.Add(new(network.Architecture, checkpoint, path));
                progress?.Report(networks[^1]);
            }
            return Complete(networks);
        }
        catch
        {
            foreach (string path in written)
                File.Delete(path);
            throw;
        }
    }

    private static RecognizedNetwork Recognize(Checkpoint file, string path, CheckpointImportOptions options)
    {
        try
        {
            IEnumerable<Weights.StateDict> parts = file.Parts.Select(part => part.Weights);
            return options.Architecture is null
                ? ArchitectureCatalog.Recognize(parts)
                : ArchitectureCatalog.Recognize(parts, ArchitectureCatalog.Get(options.Architecture));
        }
        catch (ConversionException e)
        {
            throw new ConversionException($"{path}: {e.Message}", e);
        }
    }

    private static ImportedModel Complete(List<ImportedNetwork> networks)
    {
        if (networks.Count == 0)
            throw new ConversionException("no checkpoint was named");
        NetworkRole role = networks[0].Architecture.Role;
        string[] missing = [.. role.FilesOfModel.Except(networks.Select(network => network.Architecture.Role.File))];
        return missing.Length == 0
            ? new(role.Model, role.Kind, networks)
            : throw new ConversionException(
                $"{role.Model} also needs the checkpoints of {string.Join(" and ", missing)}: name all of its files together"
            );
    }
}
