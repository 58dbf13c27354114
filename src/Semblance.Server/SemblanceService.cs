using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scalar.AspNetCore;
using Semblance.Server.Access;
using Semblance.Server.Api;
using Semblance.Server.Bodies;
using Semblance.Server.CompreFace;
using Semblance.Server.DeepFace;
using Semblance.Server.DeepStack;
using Semblance.Server.Events;
using Semblance.Server.Failures;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;
using Semblance.Server.Immich;
using Semblance.Server.Keys;
using Semblance.Server.Work;

namespace Semblance.Server;

/// <summary>The service: opens the galleries, listens, and ends in order.</summary>
public sealed class SemblanceService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GallerySet _galleries;

    private SemblanceService(WebApplication app, GallerySet galleries) => (_app, _galleries) = (app, galleries);

    /// <summary>Where it listens; known once it was started.</summary>
    public IReadOnlyList<Uri> Addresses =>
        [
            .. _app
                .Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!
                .Addresses.Select(address => new Uri(address)),
        ];

    /// <summary>Names of galleries whose references were measured against another cohort than the embedder's: searches and enrolments in
    /// them are refused until they are upgraded.</summary>
    public IReadOnlyList<string> GalleriesToUpgrade =>
        [.. _galleries.All.Where(served => served.NeedsUpgrade).Select(served => served.Name)];

    /// <summary>Every route; for tests.</summary>
    internal IEnumerable<RouteEndpoint> Endpoints =>
        _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    /// <summary>What the service works with; for tests.</summary>
    internal ServiceParts Parts => _app.Services.GetRequiredService<ServiceParts>();

    /// <summary>The memory of bodies; for tests.</summary>
    internal BodyBudget Budget => _app.Services.GetRequiredService<BodyBudget>();

    /// <summary>Opens the galleries and puts the service together. Nothing listens before <see cref="StartAsync"/>.</summary>
    /// <param name="options">All settings.</param>
    /// <param name="analyzers">Gives a builder of analyzers with models and processor chosen; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">Settings are wrong; all of them are named.</exception>
    /// <exception cref="Semblance.Gallery.GalleryException">A gallery cannot be opened.</exception>
    public static async Task<SemblanceService> CreateAsync(
        ServiceOptions options,
        Func<FaceAnalyzerBuilder>? analyzers = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        FaceAnalyzerBuilder Builder() =>
            (analyzers?.Invoke() ?? FaceAnalyzer.CreateBuilder())
                .UseDecoding(
                    new Imaging.ImageDecodingOptions { PixelLimit = options.Limits.Pixels, ByteLimit = options.Limits.PictureBytes }
                )
                .LimitFaces(options.Limits.Faces);
        GallerySet galleries = await GallerySet.OpenAsync(options, Builder, cancellationToken).ConfigureAwait(false);
        try
        {
            return new(Build(options, galleries), galleries);
        }
        catch
        {
            await galleries.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Starts to listen.</summary>
    public Task StartAsync(CancellationToken cancellationToken = default) => _app.StartAsync(cancellationToken);

    /// <summary>Takes no more requests, and waits for those that have begun.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => _app.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync().ConfigureAwait(false);
        await _galleries.DisposeAsync().ConfigureAwait(false);
    }

    private static WebApplication Build(ServiceOptions options, GallerySet galleries)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
        );
        // Settings come from the options alone; Kestrel's own (certificates) from the environment: Kestrel__Certificates__Default__Path.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddEnvironmentVariables();
        ConfigureLog(builder.Logging, options.Log);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => ConfigureKestrel(kestrel, options));
        AddServices(builder.Services, options, galleries);
        WebApplication app = builder.Build();
        // A file of keys that cannot be read is found now, not by the first who asks.
        app.Services.GetRequiredService<KeyRing>().Load();
        Configure(app, options);
        return app;
    }

    private static void ConfigureLog(ILoggingBuilder logging, LogFormat format)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting", LogLevel.Warning);
        if (format == LogFormat.Json)
            logging.AddJsonConsole(console => console.TimestampFormat = "o");
        else
            logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "yyyy-MM-dd HH:mm:ss "));
        // Standard output belongs to results.
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace
        );
    }

    private static void ConfigureKestrel(KestrelServerOptions kestrel, ServiceOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.Limits.RequestBytes;
        kestrel.Limits.RequestHeadersTimeout = options.Limits.HeadersTimeout;
        kestrel.Limits.MinRequestBodyDataRate = new(options.Limits.BodyBytesPerSecond, TimeSpan.FromSeconds(5));
        kestrel.Limits.MaxConcurrentConnections = 4096;
        foreach (string text in options.Listen)
        {
            _ = ListenAddress.TryParse(text, out ListenAddress? address);
            kestrel.Listen(address!.Address, address.Port);
        }
    }

    private static void AddServices(IServiceCollection services, ServiceOptions options, GallerySet galleries)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(options.Limits);
        services.AddSingleton(galleries);
        services.AddSingleton(new Policy(options.Disabled));
        services.AddSingleton(new WorkQueue(options.Workers, options.QueueLength, options.PixelsTogether));
        services.AddSingleton(new BodyBudget(options.Limits.BodyBytes));
        services.AddSingleton(new BodyPool());
        services.AddSingleton<ServiceMetrics>();
        services.AddSingleton<BodyReader>();
        services.AddSingleton<FaceWork>();
        services.AddSingleton<LiveSettings>();
        services.AddSingleton<KeyLimits>();
        services.AddSingleton<KeyCheck>();
        services.AddSingleton<EventHub>();
        services.AddSingleton<PageFiles>();
        services.AddSingleton(new HostGuard(options));
        services.AddSingleton(provider => new KeyRing(
            options.KeysFile,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<KeyRing>>()
        ));
        services.AddSingleton(provider => new AccessLog(
            options.AccessLog,
            options.AccessLogDays,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AccessLog>>()
        ));
        services.AddSingleton<ServiceParts>();
        services.AddSingleton<Readiness>();
        services.AddHostedService(provider => provider.GetRequiredService<Readiness>());
        services.AddHostedService<WebhookSender>();
        services.AddHostedService<GarbageWatch>();
        services.AddOpenApi("v1", OpenApiDescription.Configure);
        Telemetry.Add(services, options);
    }

    private static void Configure(WebApplication app, ServiceOptions options)
    {
        ServiceParts parts = app.Services.GetRequiredService<ServiceParts>();
        Telemetry.Observe(parts, app.Services.GetRequiredService<BodyBudget>());
        app.Use(RequestIds.Name);
        app.Use(SecurityHeaders.Add);
        app.UseMiddleware<FailureMiddleware>();
        app.Use(app.Services.GetRequiredService<HostGuard>().Check);
        app.UseRouting();
        app.Use(app.Services.GetRequiredService<PageFiles>().Serve);
        app.Use(parts.KeyCheck.Check);
        PictureRoutes.Map(app, parts);
        IdentifyRoutes.Map(app, parts);
        BatchRoutes.Map(app, parts);
        EnrolRoutes.Map(app, parts);
        PeopleRoutes.Map(app, parts);
        ServiceRoutes.Map(app, parts);
        AdminRoutes.Map(app, parts);
        AccessRoutes.Map(app, parts);
        CurationRoutes.Map(app, parts);
        StrangerRoutes.Map(app, parts);
        UndoRoutes.Map(app, parts);
        EventRoutes.Map(app, parts);
        DeepFaceRoutes.Map(app, parts);
        CompreFaceRouting.Map(app, parts);
        DeepStackRoutes.Map(app, parts);
        ImmichRoutes.Map(app, parts);
        HealthRoutes.Map(app, parts, app.Services.GetRequiredService<Readiness>());
        RequiredRoles open = new(KeyRoles.None) { Open = true };
        app.MapOpenApi("/openapi/{documentName}.json").WithMetadata(open);
        app.MapScalarApiReference("/reference", scalar =>
                scalar
                    .WithTitle("Semblance")
                    .WithOpenApiRoutePattern("/openapi/v1.json")
                    .DisableDefaultFonts()
                    .DisableTelemetry()
                    .HideClientButton()
            )
            .WithMetadata(open);
        app.MapPrometheusScrapingEndpoint("/metrics").WithMetadata(new RequiredRoles(KeyRoles.Admin));
    }
}
