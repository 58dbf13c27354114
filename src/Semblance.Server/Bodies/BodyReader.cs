using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Semblance.Server.Failures;
using Semblance.Server.Keys;

namespace Semblance.Server.Bodies;

/// <summary>Reads bodies: multipart, form, JSON, or a picture as it is. Every length is checked while reading.</summary>
internal sealed class BodyReader(RequestLimits limits, BodyBudget budget, BodyPool pool, KeyRing keys)
{
    private const int HeadersOfPart = 16,
        BytesOfPartHeaders = 8 << 10,
        BoundaryLength = 200;

    /// <summary>What the least rate of a body is measured over; the web server itself measures from the beginning.</summary>
    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(5);

    /// <summary>Reads the body of a request; its memory is held until the answer is sent.</summary>
    /// <exception cref="RequestException">It is not what it claims to be, or too much.</exception>
    public async Task<RequestBody> ReadAsync(HttpContext http)
    {
        HttpRequest request = http.Request;
        RequestMemory memory = Claim(http);
        MediaTypeHeaderValue? type = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? parsed) ? parsed : null;
        string media = type?.MediaType.Value?.ToLowerInvariant() ?? "";
        CancellationToken gone = http.RequestAborted;
        if (media.StartsWith("multipart/", StringComparison.Ordinal))
            return new(await ReadPartsAsync(request, type!, memory, gone).ConfigureAwait(false), null, null, limits, memory);
        ReadOnlyMemory<byte> bytes = await ReadWholeAsync(request, memory, gone).ConfigureAwait(false);
        if (media == "application/x-www-form-urlencoded")
            return new(FormBody.Read(bytes.Span, limits, memory), null, null, limits, memory);
        if (media is "application/json" or "text/json" || media.EndsWith("+json", StringComparison.Ordinal))
            return new([], ReadJson(bytes, memory), null, limits, memory);
        if (bytes.IsEmpty)
            return new([], null, null, limits, memory);
        if (media.Length > 0 && media != "application/octet-stream" && !media.StartsWith("image/", StringComparison.Ordinal))
            throw new RequestException(
                415,
                "media-type",
                $"a body of the type '{media}' is not read: multipart/form-data, image/*, application/octet-stream and application/json are"
            );
        return new([], null, bytes, limits, memory);
    }

    /// <summary>Reads a body of any type as JSON; an empty one is null.</summary>
    public async Task<JsonElement?> ReadJsonAsync(HttpContext http)
    {
        RequestMemory memory = Claim(http);
        ReadOnlyMemory<byte> bytes = await ReadWholeAsync(http.Request, memory, http.RequestAborted).ConfigureAwait(false);
        return bytes.IsEmpty ? null : ReadJson(bytes, memory);
    }

    /// <summary>The memory of a request until its answer is sent.</summary>
    private RequestMemory Claim(HttpContext http)
    {
        if (http.Request.ContentLength > limits.RequestBytes)
            throw new RequestException(413, "request-too-large", $"a request has at most {limits.RequestBytes} bytes");
        budget.RequireRoom(http.Request.ContentLength ?? 0);
        Sender sender = keys.IsLocked && http.Features.Get<Caller>() is null ? Sender.Unknown : Sender.Known;
        RequestMemory memory = new(pool, budget, sender);
        http.Response.RegisterForDispose(memory);
        return memory;
    }

    private JsonElement ReadJson(ReadOnlyMemory<byte> bytes, RequestMemory memory)
    {
        try
        {
            return memory.Hold(BodyJson.Open(bytes, limits.JsonDepth));
        }
        catch (JsonException e)
        {
            throw RequestException.BadRequest($"the body is no JSON: {e.Message}");
        }
    }

    private async Task<List<BodyPart>> ReadPartsAsync(
        HttpRequest request,
        MediaTypeHeaderValue type,
        RequestMemory memory,
        CancellationToken gone
    )
    {
        string boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value ?? "";
        if (boundary.Length is 0 or > BoundaryLength)
            throw RequestException.BadRequest("the multipart body has no boundary in its content type");
        MultipartReader reader = new(boundary, Paced(request))
        {
            HeadersCountLimit = HeadersOfPart,
            HeadersLengthLimit = BytesOfPartHeaders,
            BodyLengthLimit = limits.PictureBytes,
        };
        List<BodyPart> parts = [];
        try
        {
            while (await reader.ReadNextSectionAsync(gone).ConfigureAwait(false) is { } section)
                Add(parts, await ReadPartAsync(section, memory, gone).ConfigureAwait(false));
        }
        catch (InvalidDataException e) when (e.Message.Contains("length limit", StringComparison.Ordinal))
        {
            throw new RequestException(
                413,
                "image-too-large",
                $"a part has more than {limits.PictureBytes} bytes, or its headers are too long"
            );
        }
        catch (Exception e) when (e is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw RequestException.BadRequest("the multipart body is cut off or damaged");
        }
        return parts;
    }

    private void Add(List<BodyPart> parts, BodyPart part)
    {
        if (parts.Count >= limits.Parts)
            throw RequestException.TooManyParts(limits.Parts);
        parts.Add(part);
    }

    private async Task<BodyPart> ReadPartAsync(MultipartSection section, RequestMemory memory, CancellationToken gone)
    {
        ContentDispositionHeaderValue? disposition = ContentDispositionHeaderValue.TryParse(
            section.ContentDisposition,
            out ContentDispositionHeaderValue? parsed
        )
            ? parsed
            : null;
        string name = HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).Value ?? "";
        string? file = HeaderUtilities
            .RemoveQuotes(disposition?.FileNameStar.HasValue == true ? disposition.FileNameStar : disposition?.FileName ?? default)
            .Value;
        using BodyFilling filling = new(memory, null, (int)limits.PictureBytes);
        return new(name, file, await filling.ReadAsync(section.Body, gone).ConfigureAwait(false));
    }

    private async Task<ReadOnlyMemory<byte>> ReadWholeAsync(HttpRequest request, RequestMemory memory, CancellationToken gone)
    {
        if (request.ContentLength == 0)
            return default;
        using BodyFilling filling = new(memory, request.ContentLength, (int)limits.RequestBytes);
        return await filling.ReadAsync(Paced(request), gone).ConfigureAwait(false);
    }

    private PacedBody Paced(HttpRequest request) => new(request, limits.BodyBytesPerSecond, Stretch, budget);
}
