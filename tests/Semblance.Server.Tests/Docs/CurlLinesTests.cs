using System.Diagnostics;
using System.Text.Json;
using Semblance.Server.Tests.Support;
using Semblance.TestSupport;

namespace Semblance.Server.Tests.Docs;

/// <summary>Every curl line of the pages about the service does what it says.</summary>
[Trait("speed", "slow")]
public sealed class CurlLinesTests
{
    [Theory]
    [InlineData("service.md")]
    [InlineData("service-deepface.md")]
    [InlineData("service-compreface.md")]
    [InlineData("service-deepstack.md")]
    [InlineData("service-immich.md")]
    public async Task Lines_of_a_page_succeed(string page)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl") && File.Exists("/bin/bash"), "curl and bash are needed");
        await using RunningService service = await RunningService.StartAsync();
        Dictionary<string, string> variables = new()
        {
            ["SERVICE"] = service.Address.GetLeftPart(UriPartial.Authority),
            ["PHOTO"] = ReferenceData.Sample("astronaut.png"),
            ["OTHER"] = ReferenceData.Sample("astronaut-dim.jpg"),
        };
        JsonElement first = await EnrolAsync(service, "Ada", Pictures.Astronaut),
            second = await EnrolAsync(service, "Eileen", Pictures.Dim);
        variables["PERSON"] = first.GetProperty("person").GetProperty("id").GetString()!;
        variables["FACE"] = first.GetProperty("accepted")[0].GetProperty("id").GetString()!;
        variables["SECOND"] = second.GetProperty("person").GetProperty("id").GetString()!;
        if (page != "service.md")
            await service.Http.DeleteAsync("/v1/people?confirm=ALL").JsonAsync();
        string[] lines =
        [
            .. (await File.ReadAllLinesAsync(Path.Combine(ReferenceData.Repository, "docs", page))).Where(line =>
                line.StartsWith("curl ", StringComparison.Ordinal)
            ),
        ];
        Assert.NotEmpty(lines);
        List<string> failed = [];
        foreach (string line in lines)
        {
            (int code, string output) = await RunAsync(line, variables);
            if (code != 0)
                failed.Add($"{line}\n{output}");
        }
        Assert.Empty(failed);
    }

    private static Task<JsonElement> EnrolAsync(RunningService service, string name, byte[] picture) =>
        service.Http.PostAsync("/v1/people", Pictures.Form(("name", name), ("another", "true"), ("image", picture))).JsonAsync(201);

    private static async Task<(int Code, string Output)> RunAsync(string line, Dictionary<string, string> variables)
    {
        ProcessStartInfo start = new(
            "/bin/bash",
            ["-c", line.Replace("curl ", "curl -sS --fail-with-body --max-time 60 ", StringComparison.Ordinal)]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(),
            errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
