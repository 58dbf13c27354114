using Semblance.Gallery.Checking;
using Semblance.Gallery.Conformance;
using Semblance.Gallery.Tests.Sqlite;

namespace Semblance.Gallery.Tests.Checking;

public sealed class GalleryCheckTests
{
    [Fact]
    public async Task Check_finds_nothing_where_nothing_is_wrong()
    {
        Assert.Empty(await CheckAsync(("Ada", [(1, 1), (1, 2), (1, 3)]), ("Bea", [(2, 1), (2, 2)]), ("Cleo", [(3, 1)])));
    }

    [Fact]
    public async Task Check_names_the_stray_photograph()
    {
        Finding finding = Assert.Single(await CheckAsync(("Ada", [(1, 1), (1, 2), (9, 1), (1, 3)]), ("Bea", [(2, 1), (2, 2)])));

        Assert.Equal((FindingKind.Outlier, "9/1"), (finding.Kind, Assert.Single(finding.References).Source));
        Assert.Contains("Ada: 9/1", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_finds_two_people_under_one_name()
    {
        Finding finding = Assert.Single(await CheckAsync(("Ada", [(1, 1), (8, 1), (1, 2), (8, 2)])));

        Assert.Equal(FindingKind.SeveralPeopleUnderOneName, finding.Kind);
        Assert.Contains("1/1, 1/2 | 8/1, 8/2", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_finds_one_person_under_two_names()
    {
        Finding finding = Assert.Single(await CheckAsync(("Ada", [(1, 1), (1, 2)]), ("Bea", [(2, 1)]), ("A. L.", [(1, 3)])));

        Assert.Equal(FindingKind.OnePersonUnderTwoNames, finding.Kind);
        Assert.Equal(["A. L.", "Ada"], finding.People.Select(person => person.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Check_finds_duplicates_and_people_without_a_reference()
    {
        IReadOnlyList<Finding> findings = await CheckAsync(("Ada", [(1, 1), (1, 1), (1, 2)]), ("Bea", []));

        Assert.Equal([FindingKind.Duplicate, FindingKind.NoReference], findings.Select(finding => finding.Kind));
    }

    private static async Task<IReadOnlyList<Finding>> CheckAsync(params (string Name, (int Face, int Variant)[] Faces)[] people)
    {
        using TemporaryGallery file = new();
        await using FaceGallery gallery = await file.CreateAsync();
        foreach ((string name, (int Face, int Variant)[] own) in people)
            await gallery.EnrolAsync(
                new(name),
                [.. own.Select(f => new ReferenceDraft(Faces.Like(f.Face, f.Variant)) { Source = $"{f.Face}/{f.Variant}" })],
                cancellationToken: TestContext.Current.CancellationToken
            );
        List<Finding> findings = [];
        await foreach (
            Finding finding in new GalleryCheck(gallery, Faces.Matcher, new() { SameRate = 1e-2 }).RunAsync(
                cancellationToken: TestContext.Current.CancellationToken
            )
        )
            findings.Add(finding);
        return findings;
    }
}
