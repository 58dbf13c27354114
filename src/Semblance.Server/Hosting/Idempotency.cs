using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Semblance.Gallery;
using Semblance.Gallery.Storage;
using Semblance.Server.Failures;
using Semblance.Server.Galleries;

namespace Semblance.Server.Hosting;

/// <summary>
/// Remembers answers to requests with an <c>Idempotency-Key</c> for a day, in the gallery's store: the same key and body twice is one
/// enrolment, whichever replica is asked and however often it was started anew.
/// </summary>
internal static class Idempotency
{
    /// <summary>Header of an answer that was given before.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    private const string Kind = "idempotency",
        Header = "Idempotency-Key";
    private const int LongestKey = 200;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100),
        // Whoever took the turn longer ago has died.
        LongestTurn = TimeSpan.FromMinutes(2),
        LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Runs a request, or gives the answer that it had the first time.</summary>
    /// <param name="http">The request.</param>
    /// <param name="served">The gallery that remembers.</param>
    /// <param name="caller">Id of the key that asks.</param>
    /// <param name="fingerprint">What the request says.</param>
    /// <param name="run">Does the work; an error is not remembered.</param>
    /// <exception cref="RequestException">The key was used for another request, or the first with it has not ended.</exception>
    public static async Task<RememberedAnswer> OnceAsync(
        HttpContext http,
        ServedGallery served,
        string caller,
        Func<byte[]> fingerprint,
        Func<Task<RememberedAnswer>> run
    )
    {
        string? key = http.Request.Headers[Header];
        if (key is null)
            return await run().ConfigureAwait(false);
        if (key.Length is 0 or > LongestKey)
            throw RequestException.BadRequest($"an Idempotency-Key has 1 to {LongestKey} characters");
        string print = Convert.ToHexStringLower(fingerprint());
        StoreNote turn = new(Kind, $"{caller}:{key}", default, JsonSerializer.Serialize(new Memory(print, null), ServiceJson.Options));
        if (await HeldAsync(http, served, turn).ConfigureAwait(false) is { } held)
        {
            if (held.Fingerprint != print)
                throw new RequestException(422, "idempotency-key", "this Idempotency-Key was used for another request");
            http.Response.Headers[ReplayedHeader] = "true";
            RememberedAnswer answer = held.Answer!;
            answer.Body["requestId"] = RequestIds.Of(http);
            return answer;
        }
        try
        {
            RememberedAnswer answer = await run().ConfigureAwait(false);
            string text = JsonSerializer.Serialize(new Memory(print, answer), ServiceJson.Options);
            await served
                .Gallery.WriteNoteAsync(turn with { Text = text, PersonId = answer.Person }, CancellationToken.None)
                .ConfigureAwait(false);
            return answer;
        }
        catch
        {
            await served.Gallery.RemoveNoteAsync(turn, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A hash over texts and bytes.</summary>
    public static byte[] Fingerprint(IEnumerable<string?> texts, IEnumerable<ReadOnlyMemory<byte>> bytes)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string? text in texts)
            Append(text is null ? [0] : [1, .. Encoding.UTF8.GetBytes(text)]);
        foreach (ReadOnlyMemory<byte> block in bytes)
            Append(block.Span);
        return hash.GetHashAndReset();

        void Append(ReadOnlySpan<byte> data)
        {
            hash.AppendData(BitConverter.GetBytes(data.Length));
            hash.AppendData(data);
        }
    }

    /// <summary>Takes the turn, or waits for whoever has it.</summary>
    /// <returns>Null where this request has the turn.</returns>
    private static async Task<Memory?> HeldAsync(HttpContext http, ServedGallery served, StoreNote turn)
    {
        long start = Environment.TickCount64;
        while (true)
        {
            StoreNote? note = await served
                .Gallery.TakeNoteAsync(
                    turn,
                    held => Read(held).Answer is null && DateTimeOffset.UtcNow - held.At > LongestTurn,
                    http.RequestAborted
                )
                .ConfigureAwait(false);
            if (note is null)
                return null;
            do
            {
                Memory memory = Read(note);
                if (memory.Answer is not null || memory.Fingerprint != Read(turn).Fingerprint)
                    return memory;
                if (Environment.TickCount64 - start > LongestWait.TotalMilliseconds)
                    throw new RequestException(409, "idempotency-pending", "the first request with this Idempotency-Key has not ended")
                    {
                        RetryAfter = TimeSpan.FromSeconds(1),
                    };
                await Task.Delay(Poll, http.RequestAborted).ConfigureAwait(false);
                note = await served.Gallery.FindNoteAsync(turn.Kind, turn.Key, http.RequestAborted).ConfigureAwait(false);
            } while (note is not null);
            // The first failed, so it is this one's turn.
        }
    }

    /// <exception cref="GalleryDamagedException">Somebody else has written it.</exception>
    private static Memory Read(StoreNote note)
    {
        try
        {
            return JsonSerializer.Deserialize<Memory>(note.Text, ServiceJson.Options) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new GalleryDamagedException("the gallery", $"note {note.Kind}/{note.Key}", "no answer can be read from it", e);
        }
    }

    private sealed record Memory(string Fingerprint, RememberedAnswer? Answer);
}
