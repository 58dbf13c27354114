namespace Semblance.Server.EntryPoint;

/// <summary>One run of the entry point: with which settings, and until when.</summary>
/// <param name="options">The service's settings.</param>
public sealed class ServiceRun(ServiceOptions options)
{
    private static readonly AsyncLocal<ServiceRun?> Next = new();

    private readonly TaskCompletionSource _ending = new(TaskCreationOptions.RunContinuationsAsynchronously),
        _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The run that the entry point begins when it is started from here.</summary>
    public static ServiceRun Starting
    {
        get => Next.Value ?? throw new InvalidOperationException("nobody has said which run starts");
        set => Next.Value = value;
    }

    /// <summary>The service's settings.</summary>
    public ServiceOptions Options => options;

    /// <summary>The service, once it is put together.</summary>
    public SemblanceService? Service { get; set; }

    /// <summary>Ends when the entry point is to end.</summary>
    public Task Ending => _ending.Task;

    /// <summary>The entry point has ended; its galleries are closed.</summary>
    public void HasEnded() => _ended.TrySetResult();

    /// <summary>Ends the entry point.</summary>
    public Task EndAsync()
    {
        _ending.TrySetResult();
        return _ended.Task;
    }
}
