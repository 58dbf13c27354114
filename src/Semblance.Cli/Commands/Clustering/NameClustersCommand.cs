using System.CommandLine;
using System.Globalization;
using Semblance.Cli.Commands.Gallery;
using Semblance.Cli.Output;
using Semblance.Embedding;
using Semblance.Files;
using Semblance.Gallery;
using Semblance.Gallery.Clustering;
using Semblance.Gallery.Enrolling;
using Semblance.Imaging;
using Semblance.Models;

namespace Semblance.Cli.Commands.Clustering;

/// <summary><c>semblance cluster name</c>: enrols groups under the names that somebody found for them.</summary>
internal static class NameClustersCommand
{
    /// <summary>More references of one person say little new and slow every search.</summary>
    private const int DefaultMostReferences = 20;

    private static readonly Argument<string> Folder = new("DIR") { Description = "The folder of 'cluster --out'." };

    private static readonly Argument<string[]> Names = new("NUMBER=NAME")
    {
        Description = "Which group is who, e.g. 1=Ada 4='Bob B.'; two groups may have one name.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<int> Most = new("--most")
    {
        Description = $"References to enrol of a group, the most typical first. [default: {DefaultMostReferences}]",
        HelpName = "N",
    };

    public static Command Create()
    {
        Command command = new Command(
            "name",
            "Enrols groups in a gallery.\n\nExample: semblance cluster name groups/ 1=Ada 4='Bob B.' --store sqlite:people.db"
        )
        {
            Folder,
            Names,
            Most,
            EnrolmentChoices.Consent,
            EnrolmentChoices.Expires,
        }.WithStore();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        ClusterFolder folder = new(parsed.GetRequiredValue(Folder));
        ClustersDocument document = folder.Read();
        int most = settings.Get(Most, DefaultMostReferences);
        if (most < 1)
            throw new UsageException($"--most is {most}; at least 1 is possible");
        (ClusterDocument Cluster, string Name)[] named =
        [
            .. parsed.GetRequiredValue(Names).Select(text => Resolve(text, document, folder)),
        ];
        await using FaceGallery gallery = await OpenOrCreateAsync(settings, document, stop).ConfigureAwait(false);
        EmbeddingCohort? cohort = CohortOf(document);
        if (gallery.Settings.Contract.Cohort is { } expected && expected != cohort?.Id)
            throw new GalleryCohortException(gallery.Address, gallery.Settings.Contract, cohort?.Id);
        foreach ((ClusterDocument cluster, string name) in named)
        {
            PersonDraft draft = new(name)
            {
                ConsentReference = settings.Get(EnrolmentChoices.Consent, null),
                ExpiresAt = EnrolmentChoices.ExpiryOf(settings),
            };
            Enrolment enrolment = await gallery
                .EnrolAsync(draft, Drafts(cluster, document, cohort, folder, most, gallery.Settings.KeepCrops), cancellationToken: stop)
                .ConfigureAwait(false);
            UnappliedDetails.Warn(draft, enrolment, gallery.Address);
            string already = enrolment.AlreadyEnrolled.Count == 0 ? "" : $", {enrolment.AlreadyEnrolled.Count} enrolled before";
            Console.Out.WriteLine(
                $"{cluster.Number}: {enrolment.Person.Name}  {enrolment.Person.Id}  {(enrolment.IsNew ? "enrolled" : "known")}, "
                    + $"{Counted.Of(enrolment.Added.Count, "reference")} added{already}"
            );
            document = document with
            {
                Clusters = [.. document.Clusters.Select(other => other.Number == cluster.Number ? other with { Name = name } : other)],
            };
            folder.Write(document);
        }
        return (int)ExitCode.Done;
    }

    /// <summary>The strangers of the embedder that the faces were embedded with, in the way that it is installed.</summary>
    private static EmbeddingCohort? CohortOf(ClustersDocument document) =>
        ModelCatalog.Default.Contains(document.Embedder)
        && ModelCatalog.Default.Find(document.Embedder) is { } model
        && document.Contract == model.Manifest.Contract
            ? EmbeddingCohort.Of(model)
            : null;

    private static (ClusterDocument Cluster, string Name) Resolve(string text, ClustersDocument document, ClusterFolder folder)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || !int.TryParse(text.AsSpan(0, equals), CultureInfo.InvariantCulture, out int number))
            throw new UsageException($"'{text}': NUMBER=NAME is expected, e.g. 1=Ada");
        ClusterDocument cluster = document.Clusters.FirstOrDefault(cluster => cluster.Number == number)
            ?? throw new UsageException($"'{text}': there is no group {number} in {folder.Root}; there are 1 to {document.Clusters.Count}");
        return (cluster, text[(equals + 1)..]);
    }

    private static async Task<FaceGallery> OpenOrCreateAsync(Settings settings, ClustersDocument document, CancellationToken stop)
    {
        try
        {
            return await GalleryAccess.OpenAsync(settings, stop).ConfigureAwait(false);
        }
        catch (GalleryNotFoundException)
        {
            try
            {
                return await GalleryAccess
                    .CreateAsync(
                        settings,
                        new(document.Embedder, document.Contract, document.Dimension) { Cohort = CohortOf(document)?.Id },
                        options: null,
                        stop
                    )
                    .ConfigureAwait(false);
            }
            catch (GalleryExistsException)
            {
                return await GalleryAccess.OpenAsync(settings, stop).ConfigureAwait(false);
            }
        }
    }

    private static ReferenceDraft[] Drafts(
        ClusterDocument cluster,
        ClustersDocument document,
        EmbeddingCohort? cohort,
        ClusterFolder folder,
        int most,
        bool keepCrops
    )
    {
        ClusteredFace[] faces = [.. cluster.Faces.Take(most)];
        IReadOnlyList<float[]> vectors = folder.ReadVectors(document, faces.Select(face => face.Face));
        return
        [
            .. faces.Select(
                (face, i) =>
                    new ReferenceDraft(
                        new FaceEmbedding(vectors[i], face.Norm, document.Embedder, document.Contract)
                        {
                            Baseline = cohort?.BaselineOf(vectors[i]),
                        }
                    )
                    {
                        Quality = face.Quality,
                        Source = face.Input,
                        SourceHash = HashOf(face.Input),
                        Crop = keepCrops ? folder.ReadCrop(face) : default(ReadOnlyMemory<byte>),
                    }
            ),
        ];
    }

    /// <summary>Pictures may be gone by now, or be something else; then they cannot be told from ones enrolled before.</summary>
    private static string? HashOf(string picture)
    {
        try
        {
            return PhotoReader.HashOf(RegularFile.ReadAllBytes(picture, ImageDecodingOptions.DefaultByteLimit));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
