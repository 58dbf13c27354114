using System.Diagnostics;
using System.Net.Http.Headers;
using Semblance.TestSupport;

namespace Semblance.Packages.Tests;

/// <summary>The programs under <c>samples</c> do what their first lines say.</summary>
public sealed class SampleTests : IDisposable
{
    private static readonly string Astronaut = ReferenceData.Sample("astronaut.png"),
        Dim = ReferenceData.Sample("astronaut-dim.jpg");

    private readonly string _folder = Directory.CreateTempSubdirectory("semblance-samples-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Console_sample_says_that_two_photographs_show_one_person() =>
        Assert.StartsWith("Same", DotnetRun.Expect(_folder, Built("console", "ConsoleSample"), Astronaut, Dim));

    [Fact]
    public void Console_sample_says_what_is_wrong_with_a_picture_without_a_face()
    {
        DotnetRun run = DotnetRun.Of(_folder, Built("console", "ConsoleSample"), Astronaut, ReferenceData.Sample("chelsea.png"));
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("chelsea.png: no face was found", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Gallery_sample_enrols_a_folder_and_names_who_is_on_a_photograph()
    {
        string person = Directory.CreateDirectory(Path.Combine(_folder, "staff", "Eileen Collins")).FullName;
        File.Copy(Astronaut, Path.Combine(person, "1.png"));
        string output = DotnetRun.Expect(
            _folder,
            Built("gallery", "GallerySample"),
            Path.Combine(_folder, "people.db"),
            Path.Combine(_folder, "staff"),
            Dim
        );
        Assert.Contains("Eileen Collins: 1 references added", output, StringComparison.Ordinal);
        Assert.Contains("Eileen Collins, similarity 0.97", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Web_sample_finds_faces_and_compares_them()
    {
        ProcessStartInfo start = new(Built("web", "WebSample"), ["--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true };
        using Process web = Process.Start(start)!;
        try
        {
            using HttpClient http = new() { BaseAddress = new(await AddressAsync(web)), Timeout = TimeSpan.FromMinutes(2) };
            Assert.Contains("\"faces\":[{\"box\"", await AnswerAsync(http, "faces", 200, ("picture", Astronaut)), StringComparison.Ordinal);
            Assert.Contains("\"match\":true", await AnswerAsync(http, "same", 200, ("a", Astronaut), ("b", Dim)), StringComparison.Ordinal);
            Assert.Contains(
                "\"code\":\"no-face\"",
                await AnswerAsync(http, "same", 422, ("a", Astronaut), ("b", ReferenceData.Sample("chelsea.png"))),
                StringComparison.Ordinal
            );
        }
        finally
        {
            web.Kill();
            await web.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task<string> AddressAsync(Process web)
    {
        const string Mark = "Now listening on: ";
        while (await web.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (line.Contains(Mark, StringComparison.Ordinal))
                return line[(line.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..];
        throw new InvalidOperationException("the web sample ended before it listened");
    }

    private static async Task<string> AnswerAsync(HttpClient http, string route, int status, params (string Name, string File)[] pictures)
    {
        using MultipartFormDataContent form = [];
        foreach ((string name, string file) in pictures)
        {
            ByteArrayContent content = new(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(content, name, Path.GetFileName(file));
        }
        using HttpResponseMessage response = await http.PostAsync(route, form, TestContext.Current.CancellationToken);
        string answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == status, $"{response.StatusCode}: {answer}");
        return answer;
    }

    private static string Built(string sample, string name) =>
        Path.Combine(
            ReferenceData.Repository,
            "samples",
            sample,
            "bin",
            PackageFeed.Configuration,
            "net10.0",
            OperatingSystem.IsWindows() ? name + ".exe" : name
        );
}
