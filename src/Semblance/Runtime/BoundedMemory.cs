using Microsoft.ML.OnnxRuntime;

namespace Semblance.Runtime;

/// <summary>
/// A memory limit for networks that nobody has looked at yet. A graph is a program: a kilobyte of it can ask for gigabytes. What runs
/// under this limit takes its memory from one pool of the process and fails when that is used up.
/// </summary>
internal static class BoundedMemory
{
    /// <summary>Bytes of the pool: several times what the largest network of the catalogue takes, weights included.</summary>
    public const uint Limit = 2U << 30;

    private const int ExtendAsRequested = 1,
        RuntimesChoice = -1;

    private static readonly Lazy<bool> Registered = new(Register);

    /// <summary>Puts a session under the limit. Its graph is left as it is, since optimizing would compute constants outside the
    /// pool.</summary>
    public static void Use(SessionOptions options)
    {
        _ = Registered.Value;
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        options.AddSessionConfigEntry("session.use_env_allocators", "1");
    }

    private static bool Register()
    {
        using OrtMemoryInfo processor = new(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        using OrtArenaCfg pool = new(Limit, ExtendAsRequested, RuntimesChoice, RuntimesChoice);
        OrtEnv.Instance().CreateAndRegisterAllocator(processor, pool);
        return true;
    }
}
