using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

/// <summary>What becomes of batches that are asked to end, by Ctrl-C and by a service manager.</summary>
public sealed partial class StopSignalsTests : IDisposable
{
    private const int Interrupt = 2,
        Terminate = 15;

    /// <summary>All that work through pictures.</summary>
    private static readonly string[] Commands =
    [
        "detect",
        "align",
        "embed",
        "analyze",
        "cluster",
        "sort",
        "find",
        "hide",
        "bench",
        "gallery enrol",
        "gallery import",
        "gallery identify",
        "eval verification",
        "eval attributes",
        "eval clustering",
        "models calibrate",
        "models calibrate --labels",
    ];

    private readonly TemporaryFolder _folder = new();

    private string Pictures => Path.Combine(_folder.Root, "pictures");

    public static TheoryData<string, int> Batches
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (string command in Commands)
            {
                data.Add(command, Interrupt);
                data.Add(command, Terminate);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public async Task A_batch_that_is_asked_to_end_ends_as_cancelled(string command, int signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent by kill");
        (int code, string errors) = await RunAndSignalAsync(ArgumentsOf(command, Path.Combine(_folder.Root, "out")), signal);
        Assert.True(code == 130, $"exit code {code}: {errors}");
        Assert.Contains("cancelled", errors);
    }

    [Fact]
    public async Task A_service_that_is_asked_to_end_answers_first_what_it_was_asked()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent by kill");
        using ServedProcess service = await ServedProcess.StartAsync(Path.Combine(_folder.Root, "people.db"));
        using SlowRequest request = await SlowRequest.BeginAsync(service.Address);
        Assert.Equal(0, Kill(service.Id, Terminate));
        // Longer than a batch would be given.
        for (int second = 0; second <= StopSignals.Grace.TotalSeconds; second++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
            await request.SendAsync(part: 1 / 20.0);
        }
        await request.SendAsync(part: 1);
        Assert.StartsWith("HTTP/1.1 200", await request.AnswerAsync());
        Assert.Equal((0, ""), await service.EndAsync());
    }

    [Fact]
    public async Task A_service_that_is_asked_twice_ends_at_once_and_says_what_is_unfinished()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent by kill");
        using ServedProcess service = await ServedProcess.StartAsync(Path.Combine(_folder.Root, "people.db"));
        using SlowRequest request = await SlowRequest.BeginAsync(service.Address);
        Assert.Equal(0, Kill(service.Id, Terminate));
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        Assert.Equal(0, Kill(service.Id, Terminate));
        (int code, string errors) = await service.EndAsync();
        Assert.Equal(130, code);
        Assert.Contains("unfinished: requests that are being answered", errors);
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Many() => Enumerable.Repeat(ReferenceData.Sample("astronaut.png"), 2000);

    private string[] ArgumentsOf(string command, string output) =>
        command switch
        {
            "detect" => ["detect", .. Many(), "--crops", output],
            "align" => ["align", .. Many(), "--out", output],
            "embed" => ["embed", .. Many(), "--out", output + ".jsonl"],
            "analyze" => ["analyze", .. Many(), "--features", "quality,age,embedding", "--annotate", output],
            "cluster" => ["cluster", .. Many(), "--out", output],
            "sort" => ["sort", People(), "--recursive", "--out", output, "--no-cache"],
            "find" => ["find", ReferenceData.Sample("astronaut.png"), People(), "--recursive", "--no-cache"],
            "hide" => ["hide", .. Many(), "--out", output],
            "bench" => ["bench", .. Many(), "--repeat", "100"],
            "gallery enrol" => ["gallery", "enrol", .. Many(), "--store", output + ".db", "--name", "Eileen", "--any-quality"],
            "gallery import" => ["gallery", "import", People(), "--store", output + ".db", "--any-quality"],
            "gallery identify" => ["gallery", "identify", .. Many(), "--store", Gallery(output + ".db"), "--threshold", "0.5"],
            "eval verification" => ["eval", "verification", "--pairs", Pairs(), "--images", People(), "--no-cache"],
            "eval attributes" =>
            [
                "eval",
                "attributes",
                "--labels",
                Labels("age"),
                "--images",
                People(),
                "--attribute",
                "age",
                "--no-cache",
            ],
            "eval clustering" => ["eval", "clustering", "--images", People(), "--no-cache"],
            "models calibrate" => ["models", "calibrate", Embedder, "--pairs", Pairs(), "--images", People(), "--dry-run"],
            _ => ["models", "calibrate", Embedder, "--labels", Labels("person"), "--images", People(), "--dry-run"],
        };

    private const string Embedder = FaceAnalyzerOptions.DefaultEmbedder;

    private const int PeopleCount = 1000;

    /// <summary>A folder with a folder for every person, one picture each, no two of them the same file.</summary>
    private string People()
    {
        byte[] photograph = File.ReadAllBytes(ReferenceData.Sample("astronaut-dim.jpg"));
        for (int i = 0; i < PeopleCount; i++)
            _folder.Write($"pictures/{i}/1.jpg", [.. photograph, (byte)i, (byte)(i >> 8)]);
        return Pictures;
    }

    private string Pairs() =>
        _folder.Write(
            "pairs.csv",
            Encoding.UTF8.GetBytes(
                "image_a,image_b,same\n" + string.Concat(Enumerable.Range(1, PeopleCount - 1).Select(i => $"0/1.jpg,{i}/1.jpg,0\n"))
            )
        );

    private string Labels(string column) =>
        _folder.Write(
            "labels.csv",
            Encoding.UTF8.GetBytes(
                $"file,{column}\n" + string.Concat(Enumerable.Range(0, PeopleCount).Select(i => $"{i}/1.jpg,{i % 90}\n"))
            )
        );

    private static string Gallery(string store)
    {
        CliRun enrolled = CliRun.Of("gallery", "enrol", ReferenceData.Sample("astronaut.png"), "--store", store, "--name", "Eileen");
        Assert.True(enrolled.ExitCode == 0, enrolled.Errors);
        return store;
    }

    private static async Task<(int Code, string Errors)> RunAndSignalAsync(string[] arguments, int signal)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Semblance.Cli"), [.. arguments, "--threads", "8"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task drained = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        // Once networks are loaded and pictures under way: eight threads have worked for a while.
        while (!process.HasExited && process.TotalProcessorTime < TimeSpan.FromSeconds(1.5))
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.False(process.HasExited, "the batch was over before it could be asked to end");
        Assert.Equal(0, Kill(process.Id, signal));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await drained;
        return (process.ExitCode, await errors);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
