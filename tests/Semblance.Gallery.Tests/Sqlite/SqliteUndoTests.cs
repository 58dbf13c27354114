using Semblance.Gallery.Conformance;

namespace Semblance.Gallery.Tests.Sqlite;

/// <summary>What is kept to undo a change lies in the file like everything else, so somebody may have altered it.</summary>
public sealed class SqliteUndoTests : IDisposable
{
    private readonly TemporaryGallery _file = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("'{}'")]
    [InlineData("'null'")]
    [InlineData("'['")]
    [InlineData("json_set(text, '$.People', null)")]
    [InlineData("json_set(text, '$.People[0]', null)")]
    [InlineData("json_set(text, '$.People[0].Name', null)")]
    [InlineData("json_set(text, '$.References', json('[null]'))")]
    [InlineData("json_set(text, '$.After', json('{}'))")]
    [InlineData("json_set(text, '$.People[0].ConsentReference', 'form 9')")]
    [InlineData("json_set(text, '$.People[0].ConsentReference', 'form 9', '$.Before', 0)")]
    [InlineData("json_set(text, '$.People[0].ConsentReference', 'form 1', '$.Before', 3)")]
    public async Task Altered_state_is_refused_and_nothing_changes(string altered)
    {
        long entry;
        Person ada;
        await using (FaceGallery gallery = await _file.CreateAsync())
        {
            PersonDraft draft = new("Ada") { ConsentReference = "form 1" };
            ada = (await gallery.EnrolAsync(draft, [Faces.Draft(Faces.Of(1))], cancellationToken: Stop)).Person;
            await gallery.UpdateAsync(ada.Id, person => person with { ConsentReference = "form 2" }, Stop);
            await gallery.UpdateAsync(ada.Id, person => person with { ConsentReference = "form 3" }, Stop);
            entry = (await gallery.FindUndoableAsync(ada.Id, Stop))!.Sequence;
        }
        _file.Execute($"UPDATE note SET text = {altered} WHERE key = '{entry}'");
        await using FaceGallery opened = await _file.OpenAsync();

        await Assert.ThrowsAsync<GalleryDamagedException>(() => opened.UndoAsync(entry, Stop));
        Assert.Equal("form 3", (await opened.FindAsync(ada.Id, Stop))!.ConsentReference);
        Assert.Empty((await opened.AuditAsync(cancellationToken: Stop)).Problems);
    }

    [Fact]
    public async Task Reference_of_somebody_whom_a_change_was_not_about_is_not_moved()
    {
        long entry;
        Person ada;
        await using (FaceGallery gallery = await _file.CreateAsync())
        {
            ada = (await gallery.EnrolAsync(new("Ada"), [Faces.Draft(Faces.Of(1))], cancellationToken: Stop)).Person;
            Person bea = (await gallery.EnrolAsync(new("Bea"), [Faces.Draft(Faces.Of(2))], cancellationToken: Stop)).Person;
            FaceReference hers = (await gallery.ReferencesOfAsync(bea.Id, Stop))[0],
                own = (await gallery.ReferencesOfAsync(ada.Id, Stop))[0];
            await gallery.UpdateReferenceAsync(own.Id, reference => reference with { Tags = ["side"] }, Stop);
            entry = (await gallery.FindUndoableAsync(ada.Id, Stop))!.Sequence;
            _file.Execute(
                $"UPDATE note SET text = json_set(text, '$.References[1]', json_set(json_extract(text, '$.References[0]'), '$.Id', "
                    + $"'{hers.Id}'))"
            );
        }
        await using FaceGallery opened = await _file.OpenAsync();

        await Assert.ThrowsAsync<GalleryDamagedException>(() => opened.UndoAsync(entry, Stop));
        Assert.Single(await opened.ReferencesOfAsync(ada.Id, Stop));
    }
}
