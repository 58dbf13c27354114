using System.Text.Json.Serialization;
using Semblance.Gallery.Albums;

namespace Semblance.Cli.Commands.Albums;

/// <summary>What <c>sort --json</c> prints.</summary>
internal sealed record SortDocument
{
    public required string Out { get; init; }

    public required int Filed { get; init; }

    public required int AlreadyThere { get; init; }

    public required string? Log { get; init; }

    public required IReadOnlyList<AlbumFolder> Folders { get; init; }
}

/// <summary>What <c>find --json</c> prints for every picture.</summary>
internal sealed record FoundDocument
{
    public required string Input { get; init; }

    public required int Face { get; init; }

    public required Geometry.FaceBox Box { get; init; }

    public required bool Match { get; init; }

    public required double Similarity { get; init; }

    public required double Score { get; init; }

    public required double Threshold { get; init; }

    public required double? FalseMatchRate { get; init; }

    public required double? Probability { get; init; }
}

/// <summary>What <c>hide --json</c> prints for every picture.</summary>
internal sealed record HiddenDocument
{
    public required string Input { get; init; }

    public required string Output { get; init; }

    public required int Hidden { get; init; }

    public required int Kept { get; init; }

    public required int Boxed { get; init; }
}

/// <summary>The form of these documents.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true
)]
[JsonSerializable(typeof(SortDocument))]
internal sealed partial class AlbumJson : JsonSerializerContext;

/// <summary>The form of their lines.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(FoundDocument))]
[JsonSerializable(typeof(HiddenDocument))]
internal sealed partial class AlbumLineJson : JsonSerializerContext;
