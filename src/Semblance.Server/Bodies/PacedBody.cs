using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Semblance.Server.Failures;

namespace Semblance.Server.Bodies;

/// <summary>
/// A body that must keep coming: in every stretch of time, not on average, so that nobody holds a place by sending much at once and then
/// nothing. Where memory is short it must come faster, else a few who send slowly would keep all others out.
/// </summary>
/// <param name="request">Whose body it is.</param>
/// <param name="bytesPerSecond">The least rate; 0 waits for ever.</param>
/// <param name="stretch">What the rate is measured over.</param>
/// <param name="budget">Says whether memory is short.</param>
internal sealed class PacedBody(HttpRequest request, double bytesPerSecond, TimeSpan stretch, BodyBudget budget) : Stream
{
    /// <summary>How many times as fast a body must come, on average, where memory is short.</summary>
    private const int Haste = 64;

    private readonly long _opened = Stopwatch.GetTimestamp();
    private long _begun = Stopwatch.GetTimestamp();
    private long _come,
        _all;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="RequestException">Too little has come.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsInTheWay)
            throw RequestException.TooSlow(Haste * bytesPerSecond);
        PipeReader reader = request.BodyReader;
        ValueTask<ReadResult> coming = reader.ReadAsync(cancellationToken);
        ReadResult come = coming.IsCompleted ? await coming.ConfigureAwait(false) : await WaitAsync(coming.AsTask()).ConfigureAwait(false);
        if (come.IsCanceled)
        {
            // Else the server takes the read for one that still goes on.
            reader.AdvanceTo(come.Buffer.Start);
            throw RequestException.TooSlow(bytesPerSecond);
        }
        int read = (int)Math.Min(buffer.Length, come.Buffer.Length);
        come.Buffer.Slice(0, read).CopyTo(buffer.Span);
        reader.AdvanceTo(come.Buffer.GetPosition(read));
        _come += read;
        _all += read;
        return read;
    }

    /// <summary>Whether it holds memory that others need, and takes its time.</summary>
    private bool IsInTheWay =>
        budget.IsShort
        && Stopwatch.GetElapsedTime(_opened) is var open
        && open > 2 * stretch
        && _all < Haste * bytesPerSecond * open.TotalSeconds;

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task<ReadResult> WaitAsync(Task<ReadResult> coming)
    {
        while (true)
        {
            TimeSpan left = stretch - Stopwatch.GetElapsedTime(_begun);
            if (left > TimeSpan.Zero)
            {
                try
                {
                    return await coming.WaitAsync(left).ConfigureAwait(false);
                }
                catch (TimeoutException)
                {
                    continue;
                }
            }
            if (_come < bytesPerSecond * stretch.TotalSeconds)
            {
                request.BodyReader.CancelPendingRead();
                return await coming.ConfigureAwait(false);
            }
            (_begun, _come) = (Stopwatch.GetTimestamp(), 0);
        }
    }
}
