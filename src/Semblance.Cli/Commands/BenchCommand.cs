using System.CommandLine;
using Semblance.Cli.Inputs;
using Semblance.Evaluation.Json;
using Semblance.Evaluation.Speed;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance bench</c>: how fast it is here, as a ratio to the bare network runs.</summary>
internal static class BenchCommand
{
    private static readonly Argument<string[]> Inputs = new("INPUT")
    {
        Description = "Photographs with one to four faces.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<int> Repeat = new("--repeat")
    {
        Description = "Repetitions a photograph.",
        HelpName = "N",
        DefaultValueFactory = _ => PipelineBenchmarkOptions.DefaultRepetitions,
    };
    private static readonly Option<int> Memory = new("--memory")
    {
        Description =
            $"Instead of times: send N pictures through, the given ones over and over, and compare the memory after "
            + $"{MemoryBenchmark.Settled} with that at the end.",
        HelpName = "N",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON document." };

    public static Command Create()
    {
        Command command = new(
            "bench",
            "Times the whole line against the bare network runs inside it, on decoded photographs with a long side of 640 pixels.\n\n"
                + "Example: semblance bench samples/photos/astronaut.png --threads 1"
        )
        {
            Inputs,
            InputOptions.Recursive,
            Repeat,
            Memory,
            Json,
            AnalyzerOptions.Embedder,
            AnalyzerOptions.Flip,
        };
        foreach (Option option in AnalyzerOptions.ForDetection)
            command.Options.Add(option);
        command.SetAction(
            (parsed, stop) => parsed.GetResult(Memory) is null ? Task.Run(() => Run(parsed, stop), stop) : RunMemoryAsync(parsed, stop)
        );
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken stop)
    {
        int repeat = parsed.GetValue(Repeat);
        if (repeat < 2)
            throw new UsageException($"--repeat is {repeat}, at least 2 are needed");
        IReadOnlyList<string> files = InputOptions.Expander(parsed).Expand(parsed.GetRequiredValue(Inputs));
        Settings settings = new(parsed);
        PipelineBenchmarkOptions options = new()
        {
            Repetitions = repeat,
            Threads = settings.Threads,
            Decoding = AnalyzerOptions.Decoding(settings),
        };
        PipelineReport report = new PipelineBenchmark(tap => AnalyzerOptions.Build(settings, tap), options).Run(files, stop);
        if (parsed.GetValue(Json))
        {
            Console.Out.WriteLine(EvaluationJson.SerializeIndented(report));
            return (int)ExitCode.Done;
        }
        Console.Out.WriteLine(
            $"{report.Photographs} photographs, {report.Faces} faces, detector {report.Detector}, {report.Threads} threads; medians"
        );
        Console.Out.WriteLine($"whole line     {report.Pipeline.Milliseconds:0.0} ms");
        Console.Out.WriteLine($"bare networks  {report.BareRuntime.Milliseconds:0.0} ms");
        Console.Out.WriteLine($"ratio          {report.Ratio:0.000}");
        Console.Out.WriteLine(
            $"allocated      {report.AllocatedBytesPerImage[0]:N0} bytes a photograph, later {report.AllocatedBytesPerImage[1]:N0}"
        );
        LargePhotograph large = report.TwelveMegapixels;
        Console.Out.WriteLine(
            $"{large.Width}x{large.Height}      {large.Milliseconds:0} ms from JPEG bytes (decoding {large.Decode:0}, detection "
                + $"{large.Detect:0}){(large.Enlarged ? "; an enlarged photograph" : "")}"
        );
        Console.Out.WriteLine($"loading        {report.SessionLoad.Milliseconds:0} ms for the bare sessions");
        return (int)ExitCode.Done;
    }

    private static async Task<int> RunMemoryAsync(ParseResult parsed, CancellationToken stop)
    {
        int images = parsed.GetValue(Memory);
        if (images <= MemoryBenchmark.Settled)
            throw new UsageException($"--memory is {images}, more than {MemoryBenchmark.Settled} are needed");
        IReadOnlyList<string> files = InputOptions.Expander(parsed).Expand(parsed.GetRequiredValue(Inputs));
        using FaceAnalyzer analyzer = AnalyzerOptions.Build(new Settings(parsed));
        MemoryReport report = await MemoryBenchmark.RunAsync(analyzer, files, images, stop).ConfigureAwait(false);
        if (parsed.GetValue(Json))
        {
            Console.Out.WriteLine(EvaluationJson.SerializeIndented(report));
            return (int)ExitCode.Done;
        }
        foreach (MemoryUse use in new[] { report.Settled, report.End })
            Console.Out.WriteLine(
                $"after {use.Images, 6:N0} pictures {use.WorkingSetBytes / 1e6, 8:0.0} MB in all, {use.ManagedBytes / 1e6:0.0} MB managed"
            );
        Console.Out.WriteLine($"growth         {report.Growth:0.000}");
        return (int)ExitCode.Done;
    }
}
