using System.Buffers.Text;
using System.Text;
using Semblance.Gallery;
using Semblance.Server.Failures;

namespace Semblance.Server.Api;

/// <summary>A page of a gallery's people, in an order that changes in between do not upset: a page goes on after a person, not at a place.</summary>
internal sealed class PeoplePage(FaceGallery gallery)
{
    /// <summary>Reads a page.</summary>
    /// <param name="sort"><c>enrolled</c>, <c>-enrolled</c>, <c>name</c> or <c>-name</c>.</param>
    /// <param name="search">Only people whose name contains it; null for all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cursor">Where the page before ended; null for the first.</param>
    /// <param name="gone">Stops reading.</param>
    /// <returns>The people, and where the next page begins; null at the end.</returns>
    public async Task<(IReadOnlyList<Person> People, string? Next)> ReadAsync(
        string sort,
        string? search,
        int limit,
        string? cursor,
        CancellationToken gone
    )
    {
        Comparer<Person> order = Comparer<Person>.Create(OrderOf(sort));
        Person? after = cursor is null ? null : Position(cursor, sort);
        // The first limit + 1 in order, whatever the gallery's size.
        SortedSet<Person> page = new(order);
        await foreach (Person person in gallery.ListAsync(gone).ConfigureAwait(false))
        {
            if (search is not null && !person.Name.Contains(search, StringComparison.OrdinalIgnoreCase))
                continue;
            if (after is not null && order.Compare(person, after) <= 0)
                continue;
            page.Add(person);
            if (page.Count > limit + 1)
                page.Remove(page.Max!);
        }
        Person[] people = [.. page.Take(limit)];
        return (people, page.Count > limit ? Cursor(people[^1], sort) : null);
    }

    private static Comparison<Person> OrderOf(string sort) =>
        sort switch
        {
            "enrolled" => (a, b) => a.Id.CompareTo(b.Id),
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
