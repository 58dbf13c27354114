namespace Semblance.Client;

/// <summary>An enrolled face.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Source">What it was cut from.</param>
/// <param name="Quality">Score of the quality gate.</param>
/// <param name="Crop">Whether the crop is kept.</param>
/// <param name="EnrolledAt">When it was enrolled.</param>
public sealed record ReferenceAnswer(Guid Id, string? Source, double? Quality, bool Crop, DateTimeOffset EnrolledAt);
