using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Semblance.Server.Galleries;

namespace Semblance.Server.Hosting;

/// <summary>Loads the networks behind the first request, so that it is not slower than the others.</summary>
internal sealed partial class Readiness(GallerySet galleries, IHostApplicationLifetime life, ILogger<Readiness> log) : BackgroundService
{
    private volatile bool _warm;

    /// <summary>Whether all networks that comparisons need are loaded.</summary>
    public bool IsWarm => _warm;

    /// <summary>Whether the service is about to end.</summary>
    public bool IsStopping => life.ApplicationStopping.IsCancellationRequested;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (ServedGallery served in galleries.All)
                await served.Analyzer.WarmAsync(cancellationToken: stoppingToken).ConfigureAwait(false);
            _warm = true;
        }
        catch (SemblanceException e)
        {
            LogFailure(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the models could not be loaded")]
    private partial void LogFailure(Exception error);
}
