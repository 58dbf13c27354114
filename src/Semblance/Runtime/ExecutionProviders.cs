using Microsoft.ML.OnnxRuntime;

namespace Semblance.Runtime;

/// <summary>
/// The processors that networks can run on. This library brings none of the native code: the program adds the package of the one it
/// wants, and a processor that was asked for and is not there is an error, never a silent fall back to another.
/// </summary>
public static class ExecutionProviders
{
    /// <summary>What users type, in the order of <see cref="ExecutionProvider"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<ExecutionProvider>().Select(NameOf)];

    /// <summary>What users type, e.g. <c>cuda</c>.</summary>
    public static string NameOf(ExecutionProvider provider) => provider.ToString().ToLowerInvariant();

    /// <summary>The processor that a user typed.</summary>
    /// <exception cref="ArgumentException">Not one of <see cref="Names"/>.</exception>
    public static ExecutionProvider Parse(string name)
    {
        foreach (ExecutionProvider provider in Enum.GetValues<ExecutionProvider>())
            if (NameOf(provider).Equals(name, StringComparison.OrdinalIgnoreCase))
                return provider;
        throw new ArgumentException($"The device '{name}' is not known; known are {string.Join(", ", Names)}.", nameof(name));
    }

    /// <summary>Whether the native ONNX Runtime of this program was built with it; its driver may still be missing.</summary>
    public static bool IsAvailable(ExecutionProvider provider) =>
        OrtEnv.Instance().GetAvailableProviders().Contains(RuntimeNameOf(provider));

    /// <summary>What a program must have to use it, in words.</summary>
    public static string HowToAdd(ExecutionProvider provider) =>
        provider switch
        {
            ExecutionProvider.Cpu => "reference the package Microsoft.ML.OnnxRuntime",
            ExecutionProvider.Cuda =>
                "reference the package Microsoft.ML.OnnxRuntime.Gpu in place of Microsoft.ML.OnnxRuntime, and install CUDA and cuDNN",
            ExecutionProvider.DirectMl =>
                "under Windows, reference the package Microsoft.ML.OnnxRuntime.DirectML in place of Microsoft.ML.OnnxRuntime",
            ExecutionProvider.CoreMl => "under macOS, reference the package Microsoft.ML.OnnxRuntime",
            ExecutionProvider.OpenVino => "reference the package Intel.ML.OnnxRuntime.OpenVino in place of Microsoft.ML.OnnxRuntime",
            _ => throw new ArgumentOutOfRangeException(nameof(provider), provider, "This processor is not known."),
        };

    /// <summary>Makes sure that a processor is there.</summary>
    /// <exception cref="ExecutionProviderException">It is not; the message names the package to add.</exception>
    public static void Require(ExecutionProvider provider)
    {
        // The processor itself needs no look: without any native code the first network says so.
        if (provider != ExecutionProvider.Cpu && !IsAvailable(provider))
            throw new ExecutionProviderException(provider, $"is not there: {HowToAdd(provider)}");
    }

    /// <summary>Lets a session use a processor. Of the others than the CPU only this call is made here; they were never run in this
    /// project.</summary>
    internal static void Append(SessionOptions options, ExecutionProvider provider)
    {
        Require(provider);
        try
        {
            switch (provider)
            {
                case ExecutionProvider.Cpu:
                    break;
                case ExecutionProvider.Cuda:
                    options.AppendExecutionProvider_CUDA();
                    break;
                case ExecutionProvider.DirectMl:
                    options.AppendExecutionProvider_DML();
                    break;
                case ExecutionProvider.CoreMl:
                    options.AppendExecutionProvider_CoreML();
                    break;
                case ExecutionProvider.OpenVino:
                    options.AppendExecutionProvider_OpenVINO();
                    break;
            }
        }
        catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            throw new ExecutionProviderException(provider, $"cannot be used: {e.Message} ({HowToAdd(provider)})", e);
        }
    }

    private static string RuntimeNameOf(ExecutionProvider provider) =>
        provider switch
        {
            ExecutionProvider.Cpu => "CPUExecutionProvider",
            ExecutionProvider.Cuda => "CUDAExecutionProvider",
            ExecutionProvider.DirectMl => "DmlExecutionProvider",
            ExecutionProvider.CoreMl => "CoreMLExecutionProvider",
            ExecutionProvider.OpenVino => "OpenVINOExecutionProvider",
            _ => throw new ArgumentOutOfRangeException(nameof(provider), provider, "This processor is not known."),
        };
}
