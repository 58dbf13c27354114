using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Semblance.Client;

/// <summary>The service's native routes. Thread-safe; made by <see cref="SemblanceClientExtensions.AddSemblanceClient"/> or over an
/// <see cref="HttpClient"/> whose base address and key are set.</summary>
/// <param name="http">Reaches the service.</param>
public sealed class SemblanceClient(HttpClient http)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The gallery that requests about people name; null for the key's or the service's first.</summary>
    public string? Gallery { get; init; }

    /// <summary>Finds faces.</summary>
    /// <exception cref="SemblanceServiceException">The service refuses.</exception>
    public Task<PictureAnswer> DetectAsync(Picture picture, CancellationToken cancellationToken = default) =>
        PostAsync<PictureAnswer>("v1/detect", [("image", picture)], [], cancellationToken);

    /// <summary>Finds and describes faces.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="features">Names of features, e.g. <c>quality</c>, <c>age</c>; empty for quality.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <exception cref="SemblanceServiceException">The service refuses.</exception>
    public Task<PictureAnswer> AnalyzeAsync(
        Picture picture,
        IReadOnlyList<string>? features = null,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync<PictureAnswer>(
            features is { Count: > 0 } ? $"v1/analyze?features={string.Join(',', features.Select(Uri.EscapeDataString))}" : "v1/analyze",
            [("image", picture)],
            [],
            cancellationToken
        );

    /// <summary>Turns faces into vectors.</summary>
    /// <exception cref="SemblanceServiceException">The service refuses.</exception>
    public Task<PictureAnswer> EmbedAsync(Picture picture, CancellationToken cancellationToken = default) =>
        PostAsync<PictureAnswer>("v1/embed", [("image", picture)], [], cancellationToken);

    /// <summary>Says whether two pictures show one person.</summary>
    /// <param name="a">First picture.</param>
    /// <param name="b">Second picture.</param>
    /// <param name="falseMatchRate">Rate of false matches; null for the service's.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <exception cref="SemblanceServiceException">The service refuses.</exception>
    public Task<VerificationAnswer> VerifyAsync(
        Picture a,
        Picture b,
        double? falseMatchRate = null,
        CancellationToken cancellationToken = default
    ) => PostAsync<VerificationAnswer>("v1/verify" + Rate("fmr", falseMatchRate), [("a", a), ("b", b)], [], cancellationToken);

    /// <summary>The same at several rates with one request (<see cref="VerificationAnswer.Rates"/>, in their order).</summary>
    /// <param name="a">First picture.</param>
    /// <param name="b">Second picture.</param>
    /// <param name="rates">Rates of false matches, at most 16.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <exception cref="SemblanceServiceException">The service refuses.</exception>
    public Task<VerificationAnswer> VerifyAtAsync(
        Picture a,
        Picture b,
        IReadOnlyList<double> rates,
        CancellationToken cancellationToken = default
    ) => PostAsync<VerificationAnswer>("v1/verify" + Rates(rates), [("a", a), ("b", b)], [], cancellationToken);

    /// <summary>Says whether a picture shows a certain person, at several rates with one request
    /// (<see cref="PersonVerificationAnswer.Rates"/>, in their order).</summary>
    /// <param name="personId">Who is claimed.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="rates">Rates of false matches, at most 16.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <exception cref="SemblanceServiceException">The service refuses.</exception>
    public Task<PersonVerificationAnswer> VerifyPersonAtAsync(
        Guid personId,
        Picture picture,
        IReadOnlyList<double> rates,
        CancellationToken cancellationToken = default
    ) => PostAsync<PersonVerificationAnswer>($"v1/verify/{personId}" + Rates(rates), [("image", picture)], [], cancellationToken);

    /// <summary>Says whether a picture shows a certain person.</summary>
    /// <exception cref="SemblanceServiceException">The service refuses.</exception>
    public Task<PersonVerificationAnswer> VerifyPersonAsync(
        Guid personId,
        Picture picture,
        double? falseMatchRate = null,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync<PersonVerificationAnswer>(
            $"v1/verify/{personId}" + Rate("fmr", falseMatchRate),
            [("image", picture)],
            [],
            cancellationToken
        );

    /// <summary>Says who is in a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="falsePositiveIdentificationRate">Rate of strangers who may be given a name; null for the service's.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <exception cref="SemblanceServiceException">The service refuses.</exception>
    public Task<PictureAnswer> IdentifyAsync(
        Picture picture,
        double? falsePositiveIdentificationRate = null,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync<PictureAnswer>(
            "v1/identify" + Rate("fpir", falsePositiveIdentificationRate),
            [("image", picture)],
            [],
            cancellationToken
        );

    /// <summary>Says who is in many pictures; answers come in their order while the rest is worked on.</summary>
    /// <exception cref="SemblanceServiceException">The service refuses the whole.</exception>
    public async IAsyncEnumerable<PictureAnswer> IdentifyManyAsync(
        IReadOnlyList<Picture> pictures,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(pictures);
        using HttpRequestMessage request = new(HttpMethod.Post, Address("v1/batch/identify"))
        {
            Content = Form([.. pictures.Select(picture => ("image", picture))], []),
        };
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        await SemblanceServiceException.ThrowIfRefusedAsync(response, cancellationToken).ConfigureAwait(false);
        using StreamReader lines = new(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        while (await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            yield return JsonSerializer.Deserialize<PictureAnswer>(line, Json)!;
    }

    /// <summary>Enrols a person from pictures; a known name gets more references.</summary>
    /// <exception cref="SemblanceServiceException">The service refuses, or no picture could be used (<c>rejected</c>).</exception>
    public Task<EnrolmentAnswer> EnrolAsync(
        PersonToEnrol person,
        IReadOnlyList<Picture> pictures,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(pictures);
        List<(string, string)> fields = [("name", person.Name)];
        if (person.Consent is { } consent)
            fields.Add(("consent", consent));
        if (person.ExpiresAt is { } expires)
            fields.Add(("expiresAt", expires.ToString("o", CultureInfo.InvariantCulture)));
        if (person.Metadata is { Count: > 0 } metadata)
            fields.Add(("metadata", JsonSerializer.Serialize(metadata, Json)));
        // The same request again, e.g. after a lost answer, is one enrolment.
        return PostAsync<EnrolmentAnswer>(
            "v1/people",
            [.. pictures.Select(picture => ("image", picture))],
            fields,
            cancellationToken,
            Guid.NewGuid().ToString()
        );
    }

    /// <summary>A person and their references; null when there is none.</summary>
    public async Task<PersonAnswer?> FindAsync(Guid personId, CancellationToken cancellationToken = default)
    {
        using HttpResponseMessage response = await http.GetAsync(Address($"v1/people/{personId}"), cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == System.Net.HttpStatusCode.NotFound)
            return null;
        await SemblanceServiceException.ThrowIfRefusedAsync(response, cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadFromJsonAsync<PersonAnswer>(Json, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Everybody, read page by page.</summary>
    /// <param name="search">Part of the name; null for all.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="SemblanceServiceException">The service refuses.</exception>
    public async IAsyncEnumerable<PersonAnswer> ListAsync(
        string? search = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        string? cursor = null;
        do
        {
            string query =
                (search is null ? "" : $"&q={Uri.EscapeDataString(search)}")
                + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}");
            using HttpResponseMessage response = await http.GetAsync(Address("v1/people?limit=100" + query), cancellationToken)
                .ConfigureAwait(false);
            await SemblanceServiceException.ThrowIfRefusedAsync(response, cancellationToken).ConfigureAwait(false);
            PeopleAnswer page = (await response.Content.ReadFromJsonAsync<PeopleAnswer>(Json, cancellationToken).ConfigureAwait(false))!;
            foreach (PersonAnswer person in page.People)
                yield return person;
            cursor = page.Next;
        } while (cursor is not null);
    }

    /// <summary>Gives all references of one person to another, and removes the first.</summary>
    /// <param name="personId">Who stays.</param>
    /// <param name="from">Who is merged into them.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="SemblanceServiceException">The service refuses.</exception>
    public async Task<PersonAnswer> MergeAsync(Guid personId, Guid from, CancellationToken cancellationToken = default)
    {
        using HttpResponseMessage response = await http.PostAsJsonAsync(
                Address($"v1/people/{personId}/merge"),
                new MergeRequest(from),
                Json,
                cancellationToken
            )
            .ConfigureAwait(false);
        await SemblanceServiceException.ThrowIfRefusedAsync(response, cancellationToken).ConfigureAwait(false);
        return (await response.Content.ReadFromJsonAsync<PersonAnswer>(Json, cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Takes a change back: for a day, and only while it is the newest. What was removed never comes back.</summary>
    /// <param name="entry">From an answer's <see cref="PersonAnswer.Undo"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Everybody the change was about, as they are again.</returns>
    /// <exception cref="SemblanceServiceException">The service refuses.</exception>
    public async Task<IReadOnlyList<PersonAnswer>> UndoAsync(long entry, CancellationToken cancellationToken = default)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"v1/undo/{entry}");
        using HttpResponseMessage response = await http.PostAsync(Address(path), null, cancellationToken).ConfigureAwait(false);
        await SemblanceServiceException.ThrowIfRefusedAsync(response, cancellationToken).ConfigureAwait(false);
        return (await response.Content.ReadFromJsonAsync<PeopleAnswer>(Json, cancellationToken).ConfigureAwait(false))!.People;
    }

    /// <summary>Removes a person with everything held about them.</summary>
    /// <returns>The receipt that proves it later.</returns>
    /// <exception cref="SemblanceServiceException">The service refuses.</exception>
    public async Task<Receipt> RemoveAsync(Guid personId, CancellationToken cancellationToken = default)
    {
        using HttpResponseMessage response = await http.DeleteAsync(Address($"v1/people/{personId}"), cancellationToken)
            .ConfigureAwait(false);
        await SemblanceServiceException.ThrowIfRefusedAsync(response, cancellationToken).ConfigureAwait(false);
        return (await response.Content.ReadFromJsonAsync<RemovalAnswer>(Json, cancellationToken).ConfigureAwait(false))!.Receipt;
    }

    /// <summary>Who searched and looked at whom, with the names that keys and people have now; the look is an entry itself.</summary>
    /// <param name="personId">Only entries that name this person; null for all.</param>
    /// <param name="cursor">From <see cref="AccessAnswer.Next"/>; null for the newest.</param>
    /// <param name="limit">How many entries at most; null for the service's choice.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <exception cref="SemblanceServiceException">The service refuses.</exception>
    public async Task<AccessAnswer> ReadAccessAsync(
        Guid? personId = null,
        string? cursor = null,
        int? limit = null,
        CancellationToken cancellationToken = default
    )
    {
        string path =
            "v1/access?names=true"
            + (personId is { } person ? $"&person={person}" : "")
            + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")
            + (limit is { } most ? string.Create(CultureInfo.InvariantCulture, $"&limit={most}") : "");
        using HttpResponseMessage response = await http.GetAsync(Address(path), cancellationToken).ConfigureAwait(false);
        await SemblanceServiceException.ThrowIfRefusedAsync(response, cancellationToken).ConfigureAwait(false);
        return (await response.Content.ReadFromJsonAsync<AccessAnswer>(Json, cancellationToken).ConfigureAwait(false))!;
    }

    private sealed record MergeRequest(Guid From);

    private async Task<T> PostAsync<T>(
        string path,
        IReadOnlyList<(string Name, Picture Picture)> pictures,
        IReadOnlyList<(string Name, string Value)> fields,
        CancellationToken cancellationToken,
        string? idempotencyKey = null
    )
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Address(path)) { Content = Form(pictures, fields) };
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await SemblanceServiceException.ThrowIfRefusedAsync(response, cancellationToken).ConfigureAwait(false);
        return (await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken).ConfigureAwait(false))!;
    }

    private static MultipartFormDataContent Form(
        IReadOnlyList<(string Name, Picture Picture)> pictures,
        IReadOnlyList<(string Name, string Value)> fields
    )
    {
        MultipartFormDataContent form = [];
        foreach ((string name, string value) in fields)
            form.Add(new StringContent(value), name);
        foreach ((string name, Picture picture) in pictures)
        {
            ArgumentNullException.ThrowIfNull(picture);
            ReadOnlyMemoryContent content = new(picture.Bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(content, name, picture.Name);
        }
        return form;
    }

    private static string Rate(string name, double? rate) =>
        rate is { } value ? $"?{name}={value.ToString("R", CultureInfo.InvariantCulture)}" : "";

    private static string Rates(IReadOnlyList<double> rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        return "?rates=" + string.Join(',', rates.Select(rate => rate.ToString("R", CultureInfo.InvariantCulture)));
    }

    private Uri Address(string path) =>
        new(
            Gallery is null
                ? path
                : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}gallery={Uri.EscapeDataString(Gallery)}",
            UriKind.Relative
        );
}
