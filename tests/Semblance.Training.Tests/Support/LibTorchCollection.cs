namespace Semblance.Training.Tests.Support;

/// <summary>Tests that set libtorch's generator or number of threads, which belong to the process: one after another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LibTorchCollection
{
    public const string Name = "libtorch's own state";
}
