using System.Net;
using System.Net.Http.Headers;
using static System.FormattableString;

namespace Semblance.Models.Pulling;

/// <summary>One file from a server into a <see cref="PartialFile"/>, taken up again where the connection broke.</summary>
internal sealed class Download(HttpClient client, PullOptions options, string model, Uri address, long sizeLimit)
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Fetches what is missing.</summary>
    /// <exception cref="PullException">The server refuses, the connection breaks for good, or the file is larger than it can
    /// be.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task RunAsync(PartialFile file, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        TimeSpan delay = options.RetryDelay;
        for (int attempt = 1; ; attempt++)
        {
            string problem;
            try
            {
                if (await TryAsync(file, progress, cancellationToken).ConfigureAwait(false) is not { } refusal)
                    return;
                problem = refusal;
            }
            catch (Exception e)
                when (e is HttpRequestException or BrokenConnectionException
                    || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                )
            {
                problem = Explain(e);
            }
            if (attempt >= options.Attempts)
            {
                string rest = file.Length > 0 ? Invariant($" after {file.Length:N0} bytes; pull again to go on from there") : "";
                throw new PullException(model, $"{problem}{rest} ({address})");
            }
            await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
            delay *= 2;
        }
    }

    /// <summary>One request.</summary>
    /// <returns>Null when the file is complete, else a server's error that may pass.</returns>
    private async Task<string?> TryAsync(PartialFile file, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        if (file.Length > 0)
            request.Headers.Range = new RangeHeaderValue(file.Length, null);
        using CancellationTokenSource stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stalled.CancelAfter(options.StallTimeout);
        using HttpResponseMessage response = await client
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stalled.Token)
            .ConfigureAwait(false);
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                file.ContinueAt(0);
                break;
            case HttpStatusCode.PartialContent when response.Content.Headers.ContentRange?.From == file.Length:
                file.ContinueAt(file.Length);
                break;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                // What is here is no beginning of what the server has, or is all of it: the hash decides, so ask for the whole file only
                // when it is wrong.
                if (response.Content.Headers.ContentRange?.Length == file.Length)
                    return null;
                file.ContinueAt(0);
                return "the server does not go on where the last download ended";
            case >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout:
                return $"the server answers {(int)response.StatusCode} {response.ReasonPhrase}";
            default:
                throw new PullException(model, $"the server answers {(int)response.StatusCode} {response.ReasonPhrase} ({address})");
        }
        await CopyAsync(response, file, stalled, progress).ConfigureAwait(false);
        return null;
    }

    private async Task CopyAsync(
        HttpResponseMessage response,
        PartialFile file,
        CancellationTokenSource stalled,
        IProgress<PullProgress>? progress
    )
    {
        long? total = file.Length + response.Content.Headers.ContentLength;
        if (total > sizeLimit)
            throw new PullException(
                model,
                Invariant($"the server offers {total:N0} bytes, at most {sizeLimit:N0} are expected ({address})")
            );
        DiskSpace.Require(model, file.Path, total - file.Length);
        using Stream body = await response.Content.ReadAsStreamAsync(stalled.Token).ConfigureAwait(false);
        byte[] buffer = new byte[BufferSize];
        while (true)
        {
            stalled.CancelAfter(options.StallTimeout);
            int read = await ReadAsync(body, buffer, stalled.Token).ConfigureAwait(false);
            if (read == 0)
                break;
            await file.AppendAsync(buffer.AsMemory(0, read), CancellationToken.None).ConfigureAwait(false);
            if (file.Length > sizeLimit)
                throw new PullException(
                    model,
                    Invariant($"the server sends more than the {sizeLimit:N0} bytes that are expected ({address})")
                );
            progress?.Report(new(file.Length, total));
        }
    }

    /// <summary>Tells a broken connection from a broken disk: both are an <see cref="IOException"/>.</summary>
    private static async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new BrokenConnectionException(e);
        }
    }

    private string Explain(Exception error) =>
        error switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
                $"{address.Host} is not found; is there a network?",
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
                $"no connection to {address.Authority}; is there a network?",
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
                $"no secure connection to {address.Authority}",
            OperationCanceledException => Invariant($"the server sent nothing for {options.StallTimeout.TotalSeconds:0.#} seconds"),
            _ => "the connection was cut",
        };

    private sealed class BrokenConnectionException(IOException inner) : Exception(inner.Message, inner);
}
