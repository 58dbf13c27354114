using System.CommandLine;
using Semblance.Cli.Output;
using Semblance.Server;

namespace Semblance.Cli.Commands.Service;

/// <summary><c>serve</c>: other programs call.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> Probe = new("--probe")
    {
        Description = "Serve nothing: ask a running service, e.g. at http://127.0.0.1:8080/readyz. Exit code 0: it is ready, 1: it is not.",
        HelpName = "URL",
    };

    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        Command command = new(
            "serve",
            "Serves faces over HTTP until it is stopped: native routes, those of other systems, and a page.\n\nExample: semblance serve "
                + "--store sqlite:people.db"
        );
        foreach (Option option in ServeOptions.All)
            command.Options.Add(option);
        foreach (Option option in AnalyzerOptions.ForDetection.Where(option => option != AnalyzerOptions.MaxPixels))
            command.Options.Add(option);
        command.Options.Add(Probe);
        command.Options.Add(AnalyzerOptions.Embedder);
        command.Options.Add(AnalyzerOptions.AttributeModels);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        if (parsed.GetValue(Probe) is { } probe)
            return (int)(await IsReadyAsync(probe, stop).ConfigureAwait(false) ? ExitCode.Done : ExitCode.No);
        Settings settings = new(parsed);
        List<string> problems = [];
        ServiceOptions options = ServeOptions.Of(settings, problems);
        problems.AddRange(options.FindProblems());
        foreach (string problem in problems)
            Messages.Error(problem);
        if (problems.Count > 0)
        {
            Messages.Hint("'semblance keys create' makes keys; --insecure serves a public address without them");
            return (int)ExitCode.Usage;
        }
        SemblanceService service = await SemblanceService
            .CreateAsync(options, () => AnalyzerOptions.Configure(settings), stop)
            .ConfigureAwait(false);
        await using (service.ConfigureAwait(false))
        {
            await service.StartAsync(stop).ConfigureAwait(false);
            foreach (Uri address in service.Addresses)
                Console.Out.WriteLine($"listening {address}");
            foreach (string gallery in service.GalleriesToUpgrade)
                Messages.Hint(
                    $"the gallery '{gallery}' was made with another cohort than the embedder's, and answers nothing until 'semblance "
                        + "gallery upgrade' has run, which needs no pictures"
                );
            if (options.KeysFile is null)
                Messages.Hint(
                    options.Keyless == KeylessService.Anywhere
                        ? "there are no keys: whoever reaches this service may do everything"
                        : "there are no keys, so only programs of this machine are served"
                );
            await WaitAsync(stop).ConfigureAwait(false);
            using IDisposable hold = StopSignals.Hold("requests that are being answered");
            await service.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
        return (int)ExitCode.Done;
    }

    private static async Task<bool> IsReadyAsync(string address, CancellationToken stop)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? url))
            throw new UsageException($"--probe is '{address}', which is no address");
        using HttpClient http = new() { Timeout = ProbeLimit };
        try
        {
            using HttpResponseMessage response = await http.GetAsync(url, stop).ConfigureAwait(false);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return false;
        }
    }

    private static async Task WaitAsync(CancellationToken stop) =>
        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
