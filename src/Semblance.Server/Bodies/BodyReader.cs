using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Semblance.Server.Failures;

namespace Semblance.Server.Bodies;

/// <summary>Reads bodies: multipart, form, JSON, or a picture as it is. Every length is checked while reading.</summary>
internal sealed class BodyReader(RequestLimits limits, BodyBudget budget)
{
    private const int HeadersOfPart = 16,
        BytesOfPartHeaders = 8 << 10,
        BoundaryLength = 200,
        Block = 64 << 10;

    /// <summary>What the least rate of a body is measured over; the web server itself measures from the beginning.</summary>
    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(5);

    /// <summary>Reads the body of a request; its memory is claimed until the answer is sent.</summary>
    /// <exception cref="RequestException">It is not what it claims to be, or too much.</exception>
    public async Task<RequestBody> ReadAsync(HttpContext http)
    {
        HttpRequest request = http.Request;
        if (request.ContentLength > limits.RequestBytes)
            throw TooLarge();
        http.Response.RegisterForDispose(budget.Claim(request.ContentLength ?? limits.RequestBytes));
        MediaTypeHeaderValue? type = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? parsed) ? parsed : null;
        string media = type?.MediaType.Value?.ToLowerInvariant() ?? "";
        CancellationToken gone = http.RequestAborted;
        if (media.StartsWith("multipart/", StringComparison.Ordinal))
            return Of(await ReadPartsAsync(request, type!, gone).ConfigureAwait(false));
        ReadOnlyMemory<byte> bytes = await ReadWholeAsync(request, gone).ConfigureAwait(false);
        if (media == "application/x-www-form-urlencoded")
            return Of(ReadForm(bytes));
        if (media is "application/json" or "text/json" || media.EndsWith("+json", StringComparison.Ordinal))
            return new([], ReadJson(bytes), null, limits);
        if (bytes.IsEmpty)
            return Of([]);
        if (media.Length > 0 && media != "application/octet-stream" && !media.StartsWith("image/", StringComparison.Ordinal))
            throw new RequestException(
                415,
                "media-type",
                $"a body of the type '{media}' is not read: multipart/form-data, image/*, application/octet-stream and application/json are"
            );
        return new([], null, bytes, limits);
    }

    /// <summary>Reads a body of any type as JSON; an empty one is null.</summary>
    public async Task<JsonElement?> ReadJsonAsync(HttpContext http)
    {
        if (http.Request.ContentLength > limits.RequestBytes)
            throw TooLarge();
        http.Response.RegisterForDispose(budget.Claim(http.Request.ContentLength ?? limits.RequestBytes));
        ReadOnlyMemory<byte> bytes = await ReadWholeAsync(http.Request, http.RequestAborted).ConfigureAwait(false);
        return bytes.IsEmpty ? null : ReadJson(bytes);
    }

    private RequestBody Of(IReadOnlyList<BodyPart> parts) => new(parts, null, null, limits);

    private JsonElement ReadJson(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return BodyJson.Parse(bytes, new() { MaxDepth = limits.JsonDepth });
        }
        catch (JsonException e)
        {
            throw RequestException.BadRequest($"the body is no JSON: {e.Message}");
        }
    }

    private List<BodyPart> ReadForm(ReadOnlyMemory<byte> bytes)
    {
        List<BodyPart> parts = [];
        foreach (string pair in Encoding.UTF8.GetString(bytes.Span).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string name = Unescape(equals < 0 ? pair : pair[..equals]),
                value = equals < 0 ? "" : Unescape(pair[(equals + 1)..]);
            Add(parts, new(name, null, Encoding.UTF8.GetBytes(value)));
        }
        return parts;
    }

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private async Task<List<BodyPart>> ReadPartsAsync(HttpRequest request, MediaTypeHeaderValue type, CancellationToken gone)
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
                Add(parts, await ReadPartAsync(section, gone).ConfigureAwait(false));
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

    private async Task<BodyPart> ReadPartAsync(MultipartSection section, CancellationToken gone)
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
        ReadOnlyMemory<byte> bytes = await ReadAllAsync(section.Body, (int)limits.PictureBytes, gone).ConfigureAwait(false);
        return new(name, file, bytes);
    }

    private async Task<ReadOnlyMemory<byte>> ReadWholeAsync(HttpRequest request, CancellationToken gone) =>
        request.ContentLength == 0 ? default : await ReadAllAsync(Paced(request), (int)limits.RequestBytes, gone).ConfigureAwait(false);

    /// <summary>Reads to the end, growing as bytes really come: what a header claims costs nothing. Blocks are small, so that none of the
    /// pool's lie ready for another body of that size.</summary>
    private async Task<ReadOnlyMemory<byte>> ReadAllAsync(Stream stream, int limit, CancellationToken gone)
    {
        List<byte[]> blocks = [ArrayPool<byte>.Shared.Rent(Block)];
        int length = 0,
            last = 0;
        try
        {
            while (true)
            {
                int read = await stream.ReadAsync(blocks[^1].AsMemory(last), gone).ConfigureAwait(false);
                if (read == 0)
                {
                    budget.Read(length);
                    return Joined(blocks, length);
                }
                length += read;
                last += read;
                if (length > limit)
                    throw new RequestException(413, "request-too-large", $"the body has more than {limit} bytes");
                if (last < blocks[^1].Length)
                    continue;
                blocks.Add(ArrayPool<byte>.Shared.Rent(Block));
                last = 0;
            }
        }
        finally
        {
            foreach (byte[] block in blocks)
                ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static byte[] Joined(List<byte[]> blocks, int length)
    {
        byte[] whole = GC.AllocateUninitializedArray<byte>(length);
        int at = 0;
        foreach (byte[] block in blocks)
        {
            int part = Math.Min(block.Length, length - at);
            block.AsSpan(0, part).CopyTo(whole.AsSpan(at));
            at += part;
        }
        return whole;
    }

    private PacedBody Paced(HttpRequest request) => new(request, limits.BodyBytesPerSecond, Stretch);

    private RequestException TooLarge() => new(413, "request-too-large", $"a request has at most {limits.RequestBytes} bytes");
}
