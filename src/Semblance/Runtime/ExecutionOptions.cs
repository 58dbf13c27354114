namespace Semblance.Runtime;

/// <summary>Where and how networks run.</summary>
public sealed record ExecutionOptions
{
    /// <summary>The processor; asking for one that is not there is an error, never a silent fall back.</summary>
    public ExecutionProvider Provider { get; init; } = ExecutionProvider.Cpu;

    /// <summary>
    /// Threads to work with, where <see cref="Concurrency"/> and <see cref="IntraOpThreads"/> do not say otherwise. Default: the processors
    /// of the machine.
    /// </summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Pictures worked on at once; null for <see cref="Threads"/>.</summary>
    public int? Concurrency { get; init; }

    /// <summary>
    /// Threads inside one run of a network, the caller's included; null for <see cref="Threads"/>. The networks of a process share one pool
    /// as large as the first one asks for; those that ask for another number have their own.
    /// </summary>
    public int? IntraOpThreads { get; init; }

    /// <summary>Sees every tensor that is given to a network: for recording and replaying runs. Null (the default) costs nothing.</summary>
    public Action<NetworkRun>? Tap { get; init; }

    /// <summary>Whether networks are looked at for the first time: they run within <see cref="BoundedMemory.Limit"/>, and slower.</summary>
    internal bool IsUntrusted { get; init; }

    /// <summary>Ends runs that are under way.</summary>
    internal CancellationToken Stop { get; init; }
}

/// <summary>Processors that ONNX Runtime can use.</summary>
public enum ExecutionProvider
{
    /// <summary>The processor; always there.</summary>
    Cpu,

    /// <summary>NVIDIA's processors.</summary>
    Cuda,

    /// <summary>Any graphics processor under Windows.</summary>
    DirectMl,

    /// <summary>Apple's processors.</summary>
    CoreMl,

    /// <summary>Intel's processors.</summary>
    OpenVino,
}

/// <summary>One run of a network, as seen by <see cref="ExecutionOptions.Tap"/>.</summary>
/// <param name="ModelPath">The <c>.onnx</c> file.</param>
/// <param name="Input">The first input tensor, row-major; only valid during the call.</param>
/// <param name="Shape">Its shape.</param>
public readonly record struct NetworkRun(string ModelPath, ReadOnlyMemory<float> Input, IReadOnlyList<long> Shape)
{
    /// <summary>The input tensors after the first, as the file orders them; null for networks of one input.</summary>
    public IReadOnlyList<NetworkInput>? Further { get; init; }
}

/// <summary>A tensor that is given to a network.</summary>
/// <param name="Values">Row-major.</param>
/// <param name="Shape">Its shape.</param>
public readonly record struct NetworkInput(Memory<float> Values, IReadOnlyList<long> Shape);
