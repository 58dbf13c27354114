using System.Buffers.Text;
using System.Text;
using Semblance.Gallery;
using Semblance.Gallery.Storage;
using Semblance.Server.Failures;

namespace Semblance.Server.Api;

/// <summary>A page of a gallery's people, in an order that changes in between do not upset: a page goes on after a person, not at a
/// place.</summary>
/// <remarks>In the order of enrolment a page costs one query. By name, or backwards, the store is read through, since it has no such
/// order.</remarks>
internal sealed class PeopleList(FaceGallery gallery)
{
    private const string Enrolled = "enrolled";

    /// <summary>Reads a page.</summary>
    /// <param name="sort"><c>enrolled</c>, <c>-enrolled</c>, <c>name</c> or <c>-name</c>.</param>
    /// <param name="query">Which people, and how many at most.</param>
    /// <param name="cursor">Where the page before ended; null for the first.</param>
    /// <param name="gone">Stops reading.</param>
    /// <returns>The people, and where the next page begins; null at the end.</returns>
    public async Task<(IReadOnlyList<PersonEntry> People, string? Next)> ReadAsync(
        string sort,
        PeopleQuery query,
        string? cursor,
        CancellationToken gone
    )
    {
        Person? after = cursor is null ? null : Position(cursor, sort);
        if (sort != Enrolled)
            return await ReadThroughAsync(sort, query, after, gone).ConfigureAwait(false);
        PeoplePage page = await gallery.ListPageAsync(query with { After = after?.Id }, gone).ConfigureAwait(false);
        return (page.People, page.Next is null ? null : Cursor(page.People[^1].Person, sort));
    }

    private async Task<(IReadOnlyList<PersonEntry> People, string? Next)> ReadThroughAsync(
        string sort,
        PeopleQuery query,
        Person? after,
        CancellationToken gone
    )
    {
        Comparer<PersonEntry> order = Comparer<PersonEntry>.Create((a, b) => OrderOf(sort)(a.Person, b.Person));
        // The first limit + 1 in order, whatever the gallery's size.
        SortedSet<PersonEntry> best = new(order);
        PeopleQuery part = query with { Limit = PeopleQuery.LargestLimit, After = null };
        while (true)
        {
            PeoplePage read = await gallery.ListPageAsync(part, gone).ConfigureAwait(false);
            foreach (PersonEntry entry in read.People)
            {
                if (after is not null && OrderOf(sort)(entry.Person, after) <= 0)
                    continue;
                best.Add(entry);
                if (best.Count > query.Limit + 1)
                    best.Remove(best.Max!);
            }
            if (read.Next is not { } next)
                break;
            part = part with { After = next };
        }
        PersonEntry[] people = [.. best.Take(query.Limit)];
        return (people, best.Count > query.Limit ? Cursor(people[^1].Person, sort) : null);
    }

    private static Comparison<Person> OrderOf(string sort) =>
        sort switch
        {
            "-enrolled" => (a, b) => b.Id.CompareTo(a.Id),
            "name" => ByName,
            "-name" => (a, b) => ByName(b, a),
            _ => throw RequestException.BadRequest($"sort is '{sort}'; known are enrolled, -enrolled, name, -name"),
        };

    private static int ByName(Person a, Person b)
    {
        int names = string.Compare(a.Name, b.Name, StringComparison.OrdinalIgnoreCase);
        return names != 0 ? names : a.Id.CompareTo(b.Id);
    }

    private static string Cursor(Person last, string sort) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{sort}\n{last.Id:n}\n{last.Name}"));

    private static Person Position(string cursor, string sort)
    {
        try
        {
            string[] parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('\n', 3);
            if (parts is [var held, var id, var name] && held == sort)
                return new()
                {
                    Id = Guid.ParseExact(id, "n"),
                    Name = name,
                    EnrolledAt = default,
                };
        }
        catch (FormatException) { }
        throw RequestException.BadRequest("the cursor is none of this list; take it from 'next' of the page before");
    }
}
