using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Semblance.Embedding;
using Semblance.Gallery;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Checking;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Privacy;
using Semblance.Gallery.Sqlite;
using Semblance.Matching;

namespace Semblance.Benchmarks.Robustness;

/// <summary>What the commands of a gallery do, each of which opens the file for itself.</summary>
/// <param name="file">The gallery's file.</param>
/// <param name="key">Its key; null for none.</param>
/// <param name="matcher">Thresholds of its embedder.</param>
internal sealed class GalleryOperations(string file, EncryptionKey? key, FaceMatcher matcher)
{
    /// <summary>Everything that is held about everybody, in one text.</summary>
    public Task<string> ListAsync(CancellationToken stop) =>
        WithAsync(
            async gallery =>
            {
                StringBuilder held = new();
                CultureInfo plain = CultureInfo.InvariantCulture;
                await foreach (Person person in gallery.ListAsync(stop).ConfigureAwait(false))
                {
                    string details = string.Join(';', person.Metadata.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}={pair.Value}"));
                    held.AppendLine(
                        plain,
                        $"{person.Id} {person.Kind} {person.Name} {details} {person.ConsentReference} {person.ExpiresAt:O} {person.Locked} {string.Join(';', person.Tags)}"
                    );
                    foreach (FaceReference reference in await gallery.ReferencesOfAsync(person.Id, stop).ConfigureAwait(false))
                    {
                        ReadOnlyMemory<byte> crop = reference.HasCrop
                            ? await gallery.ReadCropAsync(reference.Id, stop).ConfigureAwait(false)
                            : default;
                        held.AppendLine(
                            plain,
                            $"  {reference.Id} {HashOf(reference.Vector.Span)} {reference.Norm} {reference.Quality} {reference.Baseline} {reference.Source} {Convert.ToHexString(SHA256.HashData(crop.Span))}"
                        );
                    }
                }
                return held.ToString();
            },
            stop
        );

    /// <summary>The names that faces are given, null for nobody's.</summary>
    public Task<IReadOnlyList<string?>> IdentifyAsync(IReadOnlyList<FaceEmbedding> faces, CancellationToken stop) =>
        WithAsync(
            async gallery =>
            {
                IReadOnlyList<Identification> found = await gallery.IdentifyAsync(faces, cancellationToken: stop).ConfigureAwait(false);
                return (IReadOnlyList<string?>)[.. found.Select(face => face.Match?.Person.Name)];
            },
            stop
        );

    /// <summary>What the log says, with a receipt that was kept.</summary>
    public Task<AuditReport> AuditAsync(AuditHead? receipt, CancellationToken stop) =>
        WithAsync(gallery => gallery.AuditAsync(receipt, stop), stop);

    /// <summary>How many findings there are.</summary>
    public Task<int> CheckAsync(CancellationToken stop) =>
        WithAsync(
            async gallery =>
            {
                int findings = 0;
                await foreach (Finding _ in new GalleryCheck(gallery, matcher).RunAsync(cancellationToken: stop).ConfigureAwait(false))
                    findings++;
                return findings;
            },
            stop
        );

    /// <summary>Writes a backup, and takes it away.</summary>
    public Task<bool> BackUpAsync(CancellationToken stop) =>
        WithAsync(
            async gallery =>
            {
                string backup = file + ".backup";
                await GalleryBackup.WriteAsync(gallery, backup, stop).ConfigureAwait(false);
                File.Delete(backup);
                return true;
            },
            stop
        );

    private static string HashOf(ReadOnlySpan<float> vector) =>
        Convert.ToHexString(SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(vector)));

    private async Task<T> WithAsync<T>(Func<FaceGallery, Task<T>> work, CancellationToken stop)
    {
        FaceGallery gallery = await FaceGallery
            .OpenAsync(new(new SqliteStoreProvider()), "sqlite:" + file, new() { Key = key }, new() { Matcher = matcher }, stop)
            .ConfigureAwait(false);
        await using (gallery.ConfigureAwait(false))
            return await work(gallery).ConfigureAwait(false);
    }
}
