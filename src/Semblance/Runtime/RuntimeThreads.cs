using Microsoft.ML.OnnxRuntime;

namespace Semblance.Runtime;

/// <summary>
/// The threads of ONNX Runtime. By its own default every session has a pool of its own, so that a line of eight networks on sixteen threads
/// has 120 of them; here the sessions of a process share one.
/// </summary>
/// <remarks>
/// The runtime makes its shared pool once, with its environment. The first session decides how large it is; sessions that ask for another
/// number, and all where the program made the environment itself beforehand, have pools of their own. One thread needs no pool: the
/// caller's is used.
/// </remarks>
internal static class RuntimeThreads
{
    private static readonly Lock Gate = new();
    private static int? _shared;

    /// <summary>Options of a session that runs its operators on so many threads, the caller's included.</summary>
    public static SessionOptions CreateOptions(int threads)
    {
        // The environment comes first: making options makes one.
        bool shares = Shared(threads) == threads && threads > 1;
        SessionOptions options = new();
        if (shares)
            options.DisablePerSessionThreads();
        else
            options.IntraOpNumThreads = threads;
        options.InterOpNumThreads = 1;
        // Spinning threads burn a core between runs and fight with the threads that work on other images.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }

    /// <summary>Threads of the shared pool, made now if none is; 0 where there can be none.</summary>
    private static int Shared(int threads)
    {
        lock (Gate)
            return _shared ??= OrtEnv.IsCreated ? 0 : Create(threads);
    }

    private static int Create(int threads)
    {
        using OrtThreadingOptions pool = new()
        {
            GlobalIntraOpNumThreads = threads,
            GlobalInterOpNumThreads = 1,
            GlobalSpinControl = false,
        };
        EnvironmentCreationOptions environment = new()
        {
            logId = nameof(Semblance),
            // Errors come as exceptions as well; the runtime's own lines on standard error would only repeat them.
            logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            threadOptions = pool,
        };
        _ = OrtEnv.CreateInstanceWithOptions(ref environment);
        return threads;
    }
}
