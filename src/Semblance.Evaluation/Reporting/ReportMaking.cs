using System.Runtime.InteropServices;
using Semblance.Evaluation.Fairness;
using Semblance.Models;

namespace Semblance.Evaluation.Reporting;

/// <summary>What reports say about how they were made.</summary>
public static class ReportMaking
{
    /// <summary>When, with what and by which command.</summary>
    /// <param name="command">The exact command.</param>
    /// <param name="version">Version of the program.</param>
    /// <param name="groups">Resampling.</param>
    /// <param name="elapsed">How long it took.</param>
    public static ReportOrigin Origin(string command, string version, GroupOptions groups, TimeSpan elapsed)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return new(
            command,
            version,
            DateTimeOffset.UtcNow,
            $"{RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} processors, "
                + $"{(OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "macOS" : "Linux")}, "
                + $"{RuntimeInformation.FrameworkDescription}",
            groups.Draws,
            groups.Seed,
            Math.Round(elapsed.TotalSeconds, 1)
        );
    }

    /// <summary>The models of an analyzer that come from a catalogue.</summary>
    /// <param name="analyzer">The analyzer.</param>
    /// <param name="attributes">Attributes that were measured.</param>
    public static IReadOnlyList<ReportModel> Models(FaceAnalyzer analyzer, FaceFeatures attributes)
    {
        ArgumentNullException.ThrowIfNull(analyzer);
        string[] ids = [analyzer.Detector.Id, analyzer.Embedder.Id];
        return
        [
            .. ids.Where(ModelCatalog.Default.Contains)
                .Select(ModelCatalog.Default.Find)
                .Concat(attributes == FaceFeatures.None ? [] : analyzer.AttributeModelsFor(attributes))
                .DistinctBy(model => model.Id)
                .Select(model => new ReportModel(
                    model.Id,
                    string.Join(", ", model.Manifest.Kinds.Select(kind => kind.ToString().ToLowerInvariant())),
                    model.Manifest.Files.ToDictionary(file => file.Key, file => file.Value.Sha256),
                    model.Manifest.License,
                    model.Manifest.CommercialUse,
                    model.Manifest.TrainingData,
                    model.Manifest.Contract
                )),
        ];
    }
}
