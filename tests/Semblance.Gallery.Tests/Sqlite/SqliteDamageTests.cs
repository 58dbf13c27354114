using Semblance.Gallery.Conformance;

namespace Semblance.Gallery.Tests.Sqlite;

public sealed class SqliteDamageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("UPDATE reference SET vector = zeroblob(0) WHERE number = 2", "table reference, row 2", "the vector has 0 bytes")]
    [InlineData("UPDATE reference SET vector = zeroblob(255) WHERE number = 2", "table reference, row 2", "the vector has 255 bytes")]
    [InlineData("UPDATE reference SET vector = vector || vector WHERE number = 2", "table reference, row 2", "the vector has 512 bytes")]
    [InlineData("UPDATE reference SET vector = zeroblob(256) WHERE number = 2", "table reference, row 2", "the vector has length 0")]
    [InlineData(
        "UPDATE reference SET vector = unhex(replace(hex(zeroblob(64)), '00', '0000C07F')) WHERE number = 2",
        "row 2",
        "not finite"
    )]
    [InlineData(
        "UPDATE reference SET vector = unhex(replace(hex(zeroblob(64)), '00', '0000803F')) WHERE number = 2",
        "row 2",
        "has length 8"
    )]
    [InlineData("UPDATE reference SET id = x'00' WHERE number = 2", "table reference, row 2", "")]
    [InlineData("UPDATE reference SET baseline = 7 WHERE number = 2", "table reference, row 2", "the baseline")]
    [InlineData("UPDATE person SET name = '' WHERE number = 2", "table person, row 2", "the name is empty")]
    [InlineData("UPDATE person SET name = x'414441' WHERE number = 2", "table person, row 2", "of another kind")]
    [InlineData("UPDATE person SET consent = x'FF' WHERE number = 2", "table person, row 2", "of another kind")]
    [InlineData("UPDATE audit SET hash = x'FF' WHERE sequence = 2", "table audit, row 2", "of another kind")]
    [InlineData("UPDATE person SET metadata = '{' WHERE number = 2", "table person, row 2", "no JSON")]
    [InlineData("UPDATE person SET metadata = 'null' WHERE number = 2", "table person, row 2", "")]
    [InlineData("UPDATE person SET tags = '[null]' WHERE number = 2", "table person, row 2", "")]
    [InlineData("UPDATE person SET id = x'0102' WHERE number = 2", "table person, row 2", "")]
    [InlineData("UPDATE person SET enrolled_at = 9223372036854775807 WHERE number = 2", "table person, row 2", "")]
    [InlineData("UPDATE person SET kind = 9 WHERE number = 2", "table person, row 2", "the kind is not known")]
    [InlineData("UPDATE audit SET person = x'01' WHERE sequence = 2", "table audit, row 2", "")]
    [InlineData("UPDATE gallery SET dimension = 0", "table gallery, row 1", "vectors of 0 components")]
    [InlineData("UPDATE gallery SET audit_hash = NULL", "table gallery, row 1", "")]
    [InlineData("UPDATE gallery SET revision = 'newest'", "table gallery", "a whole number is missing")]
    [InlineData("UPDATE gallery SET revision = 1e300", "table gallery", "a whole number is missing")]
    [InlineData("UPDATE gallery SET erase_due = x'00'", "table gallery", "a whole number is missing")]
    [InlineData("UPDATE person SET expires_at = 'never'", "table person", "")]
    public async Task Damaged_row_is_named_with_its_table(string sql, string where, string why)
    {
        using TemporaryGallery file = new();
        await using (FaceGallery gallery = await file.CreateAsync())
            for (int i = 0; i < 4; i++)
                await gallery.EnrolAsync(new($"{i}"), [Faces.Draft(Faces.Of(i))], cancellationToken: Stop);
        file.Execute(sql);
        GalleryDamagedException error = await Assert.ThrowsAsync<GalleryDamagedException>(async () =>
        {
            await using FaceGallery damaged = await file.OpenAsync();
            await foreach (Person _ in damaged.ListAsync(Stop)) { }
            await damaged.IdentifyAsync([Faces.Of(1)], cancellationToken: Stop);
            await damaged.AuditAsync(cancellationToken: Stop);
            await damaged.GetStatisticsAsync(Stop);
        });

        Assert.Contains("people.db is damaged: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(where, error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consent_that_is_required_no_longer_is_told_by_the_audit()
    {
        using TemporaryGallery file = new();
        GallerySettings settings = new() { Contract = Faces.Contract, RequireConsent = true };
        await using (FaceGallery gallery = await FaceGallery.CreateAsync(TemporaryGallery.Stores, file.Address, settings, null, null, Stop))
            Assert.Empty((await gallery.AuditAsync(cancellationToken: Stop)).Problems);
        file.Execute("UPDATE gallery SET require_consent = 0");
        await using FaceGallery altered = await file.OpenAsync();

        Assert.Contains("require consent", Assert.Single((await altered.AuditAsync(cancellationToken: Stop)).Problems));
    }

    [Fact]
    public async Task Revision_that_was_set_back_hides_nobody()
    {
        using TemporaryGallery file = new();
        await using (FaceGallery gallery = await file.CreateAsync())
            await gallery.EnrolAsync(new("Ada"), [Faces.Draft(Faces.Of(1))], cancellationToken: Stop);
        file.Execute("UPDATE gallery SET revision = -1");
        await using FaceGallery altered = await file.OpenAsync();

        Assert.Equal("Ada", (await altered.IdentifyAsync([Faces.Of(1)], new() { Threshold = 0.9 }, Stop))[0].Match?.Person.Name);
    }

    [Fact]
    public async Task Mutated_files_end_in_an_error_of_ours_or_in_the_right_names()
    {
        using TemporaryGallery file = new();
        await using (FaceGallery gallery = await file.CreateAsync())
            for (int i = 0; i < 12; i++)
                await gallery.EnrolAsync(new($"{i}"), [Faces.Draft(Faces.Of(i))], cancellationToken: Stop);
        byte[] whole = await File.ReadAllBytesAsync(file.Path, Stop);
        Random random = new(20);
        int refused = 0;
        for (int round = 0; round < 500; round++)
        {
            byte[] mutated = [.. whole];
            for (int i = random.Next(1, 9); i > 0; i--)
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            await File.WriteAllBytesAsync(file.Path, mutated, Stop);
            foreach (string ending in (string[])["-wal", "-shm"])
                File.Delete(file.Path + ending);
            try
            {
                await using FaceGallery gallery = await file.OpenAsync();
                for (int i = 0; i < 12; i++)
                {
                    var match = (await gallery.IdentifyAsync([Faces.Of(i)], new() { Threshold = 0.9 }, Stop))[0].Match;
                    bool right = match is null || match.Person.Name == $"{i}";
                    Assert.True(right || !(await gallery.AuditAsync(cancellationToken: Stop)).IsIntact, $"round {round}: {i} is {match}");
                }
            }
            catch (GalleryException)
            {
                refused++;
            }
        }
        TestContext.Current.SendDiagnosticMessage($"seed 20: 500 mutated galleries, {refused} refused");
        Assert.InRange(refused, 1, 500);
    }
}
