using Microsoft.ML.OnnxRuntime;

namespace Semblance.Runtime;

/// <summary>How every session is set up; also used to replay runs under the same conditions.</summary>
public static class SessionSettings
{
    /// <summary>Options for one session; the caller disposes them.</summary>
    /// <param name="execution">Where and how to run.</param>
    /// <exception cref="ExecutionProviderException">The processor asked for is not there.</exception>
    public static SessionOptions Create(ExecutionOptions execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        SessionOptions options = RuntimeThreads.CreateOptions(execution.IntraOpThreads ?? execution.Threads);
        try
        {
            options.ExecutionMode = ExecutionMode.ORT_SEQUENTIAL;
            options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL;
            // Patterns are kept per input shape; photographs come in every size, so they would only pile up.
            options.EnableMemoryPattern = false;
            // Errors come as exceptions as well; the runtime's own lines on standard error would only repeat them.
            options.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
            if (execution.IsUntrusted)
                BoundedMemory.Use(options);
            ExecutionProviders.Append(options, execution.Provider);
            return options;
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }
}
