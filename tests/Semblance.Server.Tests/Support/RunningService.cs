using System.Net.Http.Headers;
using System.Text.Json;
using Semblance.Server.Keys;
using Semblance.TestSupport;
using SkiaSharp;

namespace Semblance.Server.Tests.Support;

/// <summary>A service of its own on a free port, with galleries in a folder of its own.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly string _folder;

    private RunningService(SemblanceService service, string folder)
    {
        (Service, _folder) = (service, folder);
        Address = service.Addresses[0];
        Http = new() { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(2) };
    }

    public SemblanceService Service { get; }

    public Uri Address { get; }

    /// <summary>Without a key.</summary>
    public HttpClient Http { get; }

    public static async Task<RunningService> StartAsync(
        Func<ServiceOptions, string, ServiceOptions>? configure = null,
        Func<FaceAnalyzerBuilder>? analyzers = null
    )
    {
        string folder = Directory.CreateTempSubdirectory("semblance-server-").FullName;
        ServiceOptions options = new()
        {
            Listen = ["127.0.0.1:0"],
            Stores = [new("default", $"sqlite:{Path.Combine(folder, "people.db")}")],
            AccessLog = Path.Combine(folder, "access"),
            Crops = CropPolicy.Keep,
            Queue = 256,
        };
        SemblanceService service = await SemblanceService.CreateAsync(configure?.Invoke(options, folder) ?? options, analyzers);
        await service.StartAsync();
        return new(service, folder);
    }

    /// <summary>A service with two galleries and keys; gives also the file of keys.</summary>
    public static async Task<(RunningService Service, KeyFile Keys)> StartWithKeysAsync()
    {
        KeyFile? keys = null;
        RunningService service = await StartAsync(
            (options, folder) =>
            {
                keys = new(Path.Combine(folder, "keys.json"));
                keys.Create(new("first", KeyRoles.Admin));
                return options with
                {
                    KeysFile = keys.Path,
                    Stores = [.. options.Stores, new("other", $"sqlite:{Path.Combine(folder, "other.db")}")],
                };
            }
        );
        return (service, keys!);
    }

    /// <summary>Enrols somebody with one picture and gives the person's id.</summary>
    public async Task<string> EnrolAsync(string name, byte[] picture)
    {
        JsonElement enrolled = await Http.PostAsync("/v1/people", Pictures.Form(("name", name), ("image", picture))).JsonAsync(201);
        return enrolled.GetProperty("person").GetProperty("id").GetString()!;
    }

    /// <summary>A client that sends a key.</summary>
    public HttpClient With(string key)
    {
        HttpClient client = new() { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Service.StopAsync();
        await Service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Pictures and answers of tests.</summary>
internal static class Pictures
{
    public static byte[] Astronaut { get; } = File.ReadAllBytes(ReferenceData.Sample("astronaut.png"));

    public static byte[] Dim { get; } = File.ReadAllBytes(ReferenceData.Sample("astronaut-dim.jpg"));

    public static byte[] Cat { get; } = File.ReadAllBytes(ReferenceData.Sample("chelsea.png"));

    /// <summary>The astronaut twice, side by side.</summary>
    public static byte[] TwoFaces { get; } = SideBySide();

    /// <summary>A form of files and texts; a file's name ends in its kind.</summary>
    public static MultipartFormDataContent Form(params (string Name, object Value)[] fields)
    {
        MultipartFormDataContent form = [];
        foreach ((string name, object value) in fields)
            if (value is byte[] bytes)
                form.Add(new ByteArrayContent(bytes), name, name + ".jpg");
            else
                form.Add(new StringContent((string)value), name);
        return form;
    }

    private static byte[] SideBySide()
    {
        using SKBitmap one = SKBitmap.Decode(Astronaut);
        using SKBitmap two = new(2 * one.Width, one.Height);
        using (SKCanvas canvas = new(two))
        {
            canvas.DrawBitmap(one, 0, 0, SKSamplingOptions.Default);
            canvas.DrawBitmap(one, one.Width, 0, SKSamplingOptions.Default);
        }
        using SKData jpeg = two.Encode(SKEncodedImageFormat.Jpeg, 90);
        return jpeg.ToArray();
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    /// <summary>The answer of a request that must succeed with a status.</summary>
    public static async Task<JsonElement> JsonAsync(this Task<HttpResponseMessage> sent, int status = 200)
    {
        using HttpResponseMessage response = await sent;
        string text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
