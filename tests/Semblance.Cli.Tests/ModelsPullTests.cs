using System.Text.Json;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

public sealed class ModelsPullTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_wrong_file_is_refused_after_the_licence_was_shown_and_nothing_is_kept()
    {
        using LoopbackServer server = new((request, _) => LoopbackAnswer.Range([1, 2, 3], request.From));
        CliRun run = Run(server.Address, "models", "pull", "scrfd-500m");
        Assert.Equal(5, run.ExitCode);
        Assert.Contains("non-commercial", run.Errors[..run.Errors.IndexOf("error:", StringComparison.Ordinal)]);
        Assert.Contains("SHA-256", run.Errors);
        Assert.Empty(Directory.GetFiles(_home.Root, "*", SearchOption.AllDirectories));
        Assert.Equal("/uniface/releases/download/weights/scrfd_500m_kps.onnx", Assert.Single(server.Requests).Path);
    }

    [Fact]
    public void A_missing_file_exits_with_5_and_names_the_answer()
    {
        using LoopbackServer server = new((_, _) => LoopbackAnswer.Status("404 Not Found"));
        CliRun run = Run(null, "models", "pull", "fairface", "--from", server.Address.ToString());
        Assert.Equal(5, run.ExitCode);
        Assert.Contains("404", run.Errors);
    }

    [Fact]
    public void Offline_asks_nobody_and_exits_with_5()
    {
        using LoopbackServer server = new((_, _) => LoopbackAnswer.Status("404 Not Found"));
        Assert.Equal(5, Run(server.Address, "models", "pull", "fairface", "--offline").ExitCode);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void An_unknown_id_is_wrong_usage_and_the_known_ones_are_listed()
    {
        CliRun run = Run(null, "models", "pull", "yolo");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("adaface-ir101", run.Errors);
    }

    [Fact]
    public void The_list_has_the_pack_and_what_can_be_pulled_with_licence_and_hash()
    {
        CliRun run = Run(null, "models", "list", "--json");
        Assert.Equal(0, run.ExitCode);
        Dictionary<string, JsonElement> models = run
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(model => model.GetProperty("id").GetString()!);
        Assert.Equal("pack", models["mtcnn"].GetProperty("state").GetString());
        JsonElement pullable = models["arcface-r50"];
        Assert.Equal("can be pulled", pullable.GetProperty("state").GetString());
        Assert.Equal("not permitted", pullable.GetProperty("commercialUse").GetString());
        Assert.Equal(64, pullable.GetProperty("sha256").GetProperty("model").GetString()!.Length);
        Assert.Equal(0.9983, pullable.GetProperty("published").GetProperty("LFW").GetDouble());
    }

    private CliRun Run(Uri? server, params string[] arguments)
    {
        Dictionary<string, string> environment = new() { ["SEMBLANCE_HOME"] = _home.Root };
        if (server is not null)
            environment["SEMBLANCE_MODELS_URL"] = server.ToString();
        return CliRun.WithEnvironment(environment, arguments);
    }
}
