using Semblance.Models;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

/// <summary>The checkpoints of the reference data, imported once by the command line into a home of their own.</summary>
public sealed class ImportedModels : IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly HashSet<string> _imported = [];

    /// <summary>The model of an id, imported now if it was not yet; skips the running test where the files are not here.</summary>
    internal InstalledModel Get(string id, params string[] files)
    {
        string[] paths = [.. files.Select(file => ReferenceData.Require("weights/" + file))];
        lock (_imported)
        {
            if (_imported.Add(id))
            {
                CliRun run = CliRun.WithEnvironment(new() { ["SEMBLANCE_HOME"] = _home.Root }, ["models", "import", .. paths, "--id", id]);
                Assert.True(run.ExitCode == 0, run.Errors);
            }
        }
        return new ModelCatalog(Path.Combine(_home.Root, "models")).Find(id);
    }

    public void Dispose() => _home.Dispose();
}
