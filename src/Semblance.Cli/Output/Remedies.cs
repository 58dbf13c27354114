using Semblance.Gallery;
using Semblance.Matching;
using Semblance.Models;
using Semblance.Models.Pulling;

namespace Semblance.Cli.Output;

/// <summary>Errors with what to do about them, in the words of the command line where it has better ones than the library.</summary>
internal static class Remedies
{
    /// <summary>The message and, after a semicolon, the remedy.</summary>
    public static string Advice(Exception error) =>
        error is not SemblanceException known ? error.Message
        : Of(known) is { } remedy ? $"{known.Message}; {remedy}"
        : known.Message;

    private static string? Of(SemblanceException error) =>
        error switch
        {
            ModelException { IsPullable: true } missing => $"'semblance models pull {missing.Model}' does that",
            ModelException { IsUncalibrated: true } unmeasured =>
                $"'semblance models calibrate {unmeasured.Model}' measures thresholds; or give one of your own (--threshold)",
            UnsupportedRateException { SharedAmong: > 1 } =>
                "fuse the references (--fusion mean), or for a stricter comparison give a threshold of your own (--threshold)",
            UnsupportedRateException { Remedy: { } remedy } => $"{remedy} (--threshold)",
            PullException { Remedy: not null } => $"leave out --offline and {PullOptions.OfflineVariable}",
            PersonNotFoundException { Person: { } person } unable =>
                $"'semblance gallery show --store {unable.Gallery} {person.Id}' tells which",
            PersonNotFoundException unknown => $"'semblance gallery list --store {unknown.Gallery}' shows who is there"
                + (unknown.Remedy is { } similar ? $"; {similar}" : ""),
            GalleryNotFoundException missing => $"'semblance gallery create --store {missing.Gallery}' makes one",
            GalleryContractException other => $"use that embedder (--embedder {other.Expected.Embedder}), or make the references anew from "
                + $"kept crops: semblance gallery reembed --store {other.Gallery} --embedder {other.ActualEmbedder}",
            ConsentRequiredException => "say where it is documented (--consent REFERENCE)",
            GalleryKeyException => "give it (--key-file, SEMBLANCE_GALLERY_KEY)",
            _ => error.Remedy,
        };
}
