using System.Diagnostics;
using System.Security.Cryptography;
using Semblance.Models;
using Semblance.Models.Pulling;
using Semblance.Tests.Support;
using Semblance.TestSupport;

namespace Semblance.Tests.Models.Pulling;

/// <summary>Against a real server on the loopback interface that does what broken servers do.</summary>
public sealed class ModelPullerTests : IDisposable
{
    private const int Dimension = 4096;

    private static readonly byte[] Network = SmallNetworks.Embedder("N", 112, Dimension).ToBytes();

    private readonly string _home = Directory.CreateTempSubdirectory("semblance-pull-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task A_whole_file_becomes_a_model_and_progress_reaches_its_end()
    {
        using LoopbackServer server = new((request, _) => LoopbackAnswer.Range(Network, request.From));
        List<PullProgress> heard = [];
        InstalledModel model = await PullAsync(server, progress: new Heard(heard));
        Assert.Empty(model.FindAlteredFiles());
        Assert.Equal(new PullProgress(Network.Length, Network.Length), heard[^1]);
        Assert.Equal("/some/where/small.onnx", Assert.Single(server.Requests).Path);
        Assert.Empty(Directory.GetFiles(Path.Combine(_home, "downloads")));
    }

    [Fact]
    public async Task A_model_that_is_here_is_not_downloaded_again()
    {
        using LoopbackServer server = new((request, _) => LoopbackAnswer.Range(Network, request.From));
        await PullAsync(server);
        await PullAsync(server, new() { Network = NetworkUse.Forbidden });
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_wrong_hash_is_refused_with_both_hashes_and_nothing_is_kept()
    {
        byte[] wrong = [.. Network];
        wrong[^1] ^= 1;
        using LoopbackServer server = new((request, _) => LoopbackAnswer.Range(wrong, request.From));
        PullException error = await Assert.ThrowsAsync<PullException>(() => PullAsync(server));
        Assert.Contains(Sha256Of(wrong), error.Message);
        Assert.Contains(Sha256Of(Network), error.Message);
        AssertNothingIsKept();
    }

    [Fact]
    public async Task A_server_that_trickles_is_cut_off_after_the_whole_time_and_what_came_is_kept()
    {
        using LoopbackServer server = new((_, _) => LoopbackAnswer.Whole(Network) with { After = AfterBody.Trickle });
        PullException error = await Assert.ThrowsAsync<PullException>(() =>
            PullAsync(server, new() { TimeLimit = TimeSpan.FromSeconds(1) })
        );
        Assert.Contains("took longer than", error.Message);
        Assert.Single(Directory.GetFiles(Path.Combine(_home, "downloads")));
    }

    [Fact]
    public async Task A_cut_connection_is_taken_up_where_it_broke()
    {
        using LoopbackServer server = new(
            (request, before) => before == 0 ? LoopbackAnswer.Whole(Network).Cut(100_000) : LoopbackAnswer.Range(Network, request.From)
        );
        await PullAsync(server);
        Assert.Equal(2, server.Requests.Count);
        Assert.InRange(server.Requests.Last().From, 1, 100_000);
    }

    [Fact]
    public async Task A_connection_that_is_cut_for_good_fails_and_the_next_pull_goes_on_from_there()
    {
        bool broken = true;
        using LoopbackServer server = new(
            (request, _) => broken ? LoopbackAnswer.Range(Network, request.From).Cut(20_000) : LoopbackAnswer.Range(Network, request.From)
        );
        PullException error = await Assert.ThrowsAsync<PullException>(() => PullAsync(server, new() { Attempts = 2 }));
        Assert.Contains("cut", error.Message);
        Assert.False(new ModelCatalog(Path.Combine(_home, "models")).Contains("small"));
        string part = Assert.Single(Directory.GetFiles(Path.Combine(_home, "downloads")));
        Assert.EndsWith(".part", part);
        long here = new FileInfo(part).Length;
        Assert.InRange(here, 1, 40_000);

        broken = false;
        await PullAsync(server);
        Assert.Equal(here, server.Requests.Last().From);
    }

    [Fact]
    public async Task A_server_without_ranges_is_read_from_the_beginning_again()
    {
        using LoopbackServer server = new(
            (_, before) => before == 0 ? LoopbackAnswer.Whole(Network).Cut(100_000) : LoopbackAnswer.Whole(Network)
        );
        await PullAsync(server);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(10_000_000)]
    public async Task What_is_left_of_another_file_is_thrown_away(int length)
    {
        string downloads = Directory.CreateDirectory(Path.Combine(_home, "downloads")).FullName;
        File.WriteAllBytes(Path.Combine(downloads, Sha256Of(Network) + ".part"), new byte[length]);
        using LoopbackServer server = new((request, _) => LoopbackAnswer.Range(Network, request.From));
        Assert.Empty((await PullAsync(server)).FindAlteredFiles());
        Assert.Equal(0, server.Requests.Last().From);
    }

    [Fact]
    public async Task A_download_that_was_complete_is_used_without_another()
    {
        string downloads = Directory.CreateDirectory(Path.Combine(_home, "downloads")).FullName;
        File.WriteAllBytes(Path.Combine(downloads, Sha256Of(Network) + ".part"), Network);
        using LoopbackServer server = new((request, _) => LoopbackAnswer.Range(Network, request.From));
        await PullAsync(server);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_server_that_stalls_is_given_up()
    {
        using LoopbackServer server = new((request, _) => LoopbackAnswer.Range(Network, request.From).Cut(1000, AfterBody.Stall));
        PullException error = await Assert.ThrowsAsync<PullException>(() =>
            PullAsync(server, new() { StallTimeout = TimeSpan.FromSeconds(0.3), Attempts = 2 })
        );
        Assert.Contains("sent nothing for 0.3 seconds", error.Message);
    }

    [Theory]
    [InlineData("404 Not Found", 1)]
    [InlineData("403 Forbidden", 1)]
    [InlineData("500 Internal Server Error", 3)]
    [InlineData("503 Service Unavailable", 3)]
    public async Task A_servers_error_is_named_and_only_one_that_may_pass_is_tried_again(string status, int requests)
    {
        using LoopbackServer server = new((_, _) => LoopbackAnswer.Status(status));
        PullException error = await Assert.ThrowsAsync<PullException>(() => PullAsync(server, new() { Attempts = 3 }));
        Assert.Contains(status, error.Message);
        Assert.Equal(requests, server.Requests.Count);
        AssertNothingIsKept();
    }

    [Fact]
    public async Task An_error_that_passes_does_not_matter()
    {
        using LoopbackServer server = new(
            (request, before) => before == 0 ? LoopbackAnswer.Status("502 Bad Gateway") : LoopbackAnswer.Range(Network, request.From)
        );
        Assert.Empty((await PullAsync(server)).FindAlteredFiles());
    }

    [Fact]
    public async Task A_redirect_is_followed()
    {
        using LoopbackServer server = new(
            (request, _) =>
                request.Path == "/elsewhere"
                    ? LoopbackAnswer.Range(Network, request.From)
                    : LoopbackAnswer.Status("302 Found", "Location: /elsewhere\r\n")
        );
        await PullAsync(server);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_file_of_unstated_length_is_taken_when_its_hash_is_right()
    {
        using LoopbackServer server = new((_, _) => LoopbackAnswer.Chunked(Network));
        Assert.Empty((await PullAsync(server)).FindAlteredFiles());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_much_larger_than_expected_is_not_downloaded(bool stated)
    {
        byte[] large = new byte[4_000_000];
        using LoopbackServer server = new((_, _) => stated ? LoopbackAnswer.Whole(large) : LoopbackAnswer.Chunked(large));
        PullException error = await Assert.ThrowsAsync<PullException>(() => PullAsync(server));
        Assert.Contains("expected", error.Message);
    }

    [Fact]
    public async Task Without_a_network_the_error_says_so()
    {
        Uri nobody;
        using (LoopbackServer server = new((_, _) => LoopbackAnswer.Status("404 Not Found")))
            nobody = server.Address;
        PullException error = await Assert.ThrowsAsync<PullException>(() => PullAsync(nobody, new() { Attempts = 1 }));
        Assert.Contains("is there a network?", error.Message);
        error = await Assert.ThrowsAsync<PullException>(() => PullAsync(new Uri("http://nobody.invalid/"), new() { Attempts = 1 }));
        Assert.Contains("nobody.invalid", error.Message);
        AssertNothingIsKept();
    }

    [Fact]
    public async Task Switched_off_downloads_ask_nobody()
    {
        using LoopbackServer server = new((request, _) => LoopbackAnswer.Range(Network, request.From));
        PullException error = await Assert.ThrowsAsync<PullException>(() => PullAsync(server, new() { Network = NetworkUse.Forbidden }));
        Assert.Contains("switched off", error.Message);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_file_with_the_right_hash_that_is_not_what_its_manifest_promises_is_refused_and_not_kept()
    {
        using LoopbackServer server = new((request, _) => LoopbackAnswer.Range(Network, request.From));
        PullableModel wrong = Small() with { Manifest = Small().Manifest with { Output = EmbedderOutputs.Vector("vector", 512) } };
        ModelException error = await Assert.ThrowsAsync<ModelException>(() => PullAsync(server.Address, new(), wrong));
        Assert.Contains("512", error.Message);
        AssertNothingIsKept();
    }

    [Fact]
    public async Task Cancelling_stops_and_keeps_what_is_here()
    {
        using LoopbackServer server = new((request, _) => LoopbackAnswer.Range(Network, request.From).Cut(50_000, AfterBody.Stall));
        using CancellationTokenSource stop = new();
        using ModelPuller puller = Puller(server.Address, new(), Small());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => puller.PullAsync("small", new CancelAtFirst(stop), stop.Token));
        Assert.False(new ModelCatalog(Path.Combine(_home, "models")).Contains("small"));
        Assert.Single(Directory.GetFiles(Path.Combine(_home, "downloads"), "*.part"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_full_disk_fails_before_or_while_writing_and_leaves_nothing(bool lengthStated)
    {
        string disk = Directory.CreateDirectory(Path.Combine(_home, "disk")).FullName;
        Assert.SkipUnless(Mount("-t", "tmpfs", "-o", "size=128k", "tmpfs", disk), "a small file system cannot be mounted here");
        try
        {
            using LoopbackServer server = new(
                (request, _) => lengthStated ? LoopbackAnswer.Range(Network, request.From) : LoopbackAnswer.Chunked(Network)
            );
            using ModelPuller puller = new(new(Path.Combine(disk, "models")), Catalog(Small()), Quick(new() { From = server.Address }));
            PullException error = await Assert.ThrowsAsync<PullException>(() =>
                puller.PullAsync("small", cancellationToken: TestContext.Current.CancellationToken)
            );
            Assert.Contains(lengthStated ? "the disk is full" : "cannot be written", error.Message);
            Assert.DoesNotContain(Directory.GetFiles(disk, "*", SearchOption.AllDirectories), file => new FileInfo(file).Length > 0);
        }
        finally
        {
            using Process unmount = Process.Start("umount", disk);
            unmount.WaitForExit();
        }
    }

    private static bool Mount(params string[] arguments)
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            return false;
        using Process mount = Process.Start(new ProcessStartInfo("mount", arguments) { RedirectStandardError = true })!;
        mount.WaitForExit();
        return mount.ExitCode == 0;
    }

    private static PullableModel Small() =>
        new(
            "some/where/small.onnx",
            new()
            {
                Id = "small",
                Kinds = [ModelKind.Embedder],
                License = "test",
                CommercialUse = false,
                Origin = "a test",
                TrainingData = "none",
                Files = new Dictionary<string, ModelFile> { ["model"] = new("model.onnx", Sha256Of(Network)) },
                Input = EmbedderOutputs.Input(112),
                Output = EmbedderOutputs.Vector("vector", Dimension),
                Contract = "small/1",
            }
        )
        {
            Megabytes = Network.Length / 1e6,
        };

    private static PullableCatalog Catalog(PullableModel model) => new(new("http://nobody.invalid/"), [model]);

    private static PullOptions Quick(PullOptions options) => options with { RetryDelay = TimeSpan.FromMilliseconds(1) };

    private static string Sha256Of(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private Task<InstalledModel> PullAsync(LoopbackServer server, PullOptions? options = null, IProgress<PullProgress>? progress = null) =>
        PullAsync(server.Address, options ?? new(), progress: progress);

    private async Task<InstalledModel> PullAsync(
        Uri from,
        PullOptions options,
        PullableModel? model = null,
        IProgress<PullProgress>? progress = null
    )
    {
        using ModelPuller puller = Puller(from, options, model ?? Small());
        return await puller.PullAsync("small", progress, TestContext.Current.CancellationToken);
    }

    private ModelPuller Puller(Uri from, PullOptions options, PullableModel model) =>
        new(new(Path.Combine(_home, "models")), Catalog(model), Quick(options with { From = from }));

    private void AssertNothingIsKept() => Assert.Empty(Directory.GetFiles(_home, "*", SearchOption.AllDirectories));

    private sealed class Heard(List<PullProgress> list) : IProgress<PullProgress>
    {
        public void Report(PullProgress value) => list.Add(value);
    }

    private sealed class CancelAtFirst(CancellationTokenSource stop) : IProgress<PullProgress>
    {
        public void Report(PullProgress value) => stop.Cancel();
    }
}
