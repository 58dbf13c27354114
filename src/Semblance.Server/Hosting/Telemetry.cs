using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Semblance.Server.Api;
using Semblance.Server.Bodies;

namespace Semblance.Server.Hosting;

/// <summary>Metrics for Prometheus, and metrics and traces for an OpenTelemetry collector where one is named.</summary>
internal static class Telemetry
{
    public static void Add(IServiceCollection services, ServiceOptions options)
    {
        var telemetry = services
            .AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("semblance", serviceVersion: ServiceRoutes.Version))
            .WithMetrics(metrics =>
            {
                metrics
                    .AddMeter(ServiceMetrics.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
                    .AddPrometheusExporter();
                if (options.Telemetry is { } collector)
                    metrics.AddOtlpExporter(otlp => otlp.Endpoint = collector);
            });
        if (options.Telemetry is { } traces)
            telemetry.WithTracing(tracing =>
                tracing.AddSource(ServiceMetrics.Name).AddAspNetCoreInstrumentation().AddOtlpExporter(otlp => otlp.Endpoint = traces)
            );
    }

    /// <summary>Gauges of what is there now.</summary>
    public static void Observe(ServiceParts parts, BodyBudget bodies)
    {
        ServiceMetrics metrics = parts.Metrics;
        metrics.Observe("semblance.queue.waiting", "Requests that wait for a worker", () => parts.Work.Queue.Waiting);
        metrics.Observe("semblance.queue.working", "Workers that work", () => parts.Work.Queue.Working);
        metrics.Observe("semblance.queue.pixels", "Pixels of pictures that are worked on", () => parts.Work.Queue.Pixels);
        metrics.Observe("semblance.bodies.bytes", "Bytes of request bodies that memory is set aside for", () => bodies.Claimed);
        metrics.Observe("semblance.events.listeners", "Listeners of events", () => parts.Events.Listeners);
    }
}
