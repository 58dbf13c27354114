using Semblance.Conversion.Architectures;

namespace Semblance.Conversion;

/// <summary>A network that was imported.</summary>
/// <param name="Architecture">What it is: its input, outputs and role.</param>
/// <param name="Checkpoint">The file that it comes from.</param>
/// <param name="File">The ONNX file.</param>
public sealed record ImportedNetwork(IArchitecture Architecture, string Checkpoint, string File);
