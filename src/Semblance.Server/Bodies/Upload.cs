namespace Semblance.Server.Bodies;

/// <summary>A picture that came with a request.</summary>
/// <param name="Name">What answers call it: the client's file name, or the name of the field.</param>
/// <param name="Bytes">Encoded.</param>
internal sealed record Upload(string Name, ReadOnlyMemory<byte> Bytes);
