using System.Security.Cryptography;
using Semblance.Embedding;
using Semblance.Files;
using Semblance.Models;

namespace Semblance.Evaluation.Calibration;

/// <summary>Puts a calibration of scores beside a model.</summary>
public static class ScoreCalibrationFiles
{
    /// <summary>The cohort's file name.</summary>
    public const string CohortName = "cohort.bin";

    /// <summary>The form of manifests with a cohort.</summary>
    public const int Schema = 2;

    /// <summary>Writes the cohort, then the manifest that names it.</summary>
    /// <param name="manifest">The manifest as it is.</param>
    /// <param name="path">Where it lies; the cohort comes beside it.</param>
    /// <param name="result">What was measured.</param>
    public static void Write(ModelManifest manifest, string path, ScoreCalibrationResult result)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(result);
        byte[] cohort = result.Members.ToBytes();
        string file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, CohortName);
        AtomicFile.WriteAllBytes(file, cohort);
        Dictionary<string, ModelFile> files = new(manifest.Files)
        {
            [EmbeddingCohort.FileRole] = new(CohortName, Convert.ToHexStringLower(SHA256.HashData(cohort))),
        };
        (manifest with { Schema = Schema, Files = files, Cohort = result.Cohort, Calibration = result.Calibration }).Write(path);
    }
}
