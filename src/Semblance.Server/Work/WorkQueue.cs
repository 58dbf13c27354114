using System.Diagnostics;
using Semblance.Server.Failures;

namespace Semblance.Server.Work;

/// <summary>
/// The one queue of all routes. A fixed number of workers decode pictures and run networks, no more pixels at one time than there is memory
/// for; a bounded number of requests wait for them; whoever comes beyond that is told when to come back. A client that goes away gives its
/// place back at once.
/// </summary>
internal sealed class WorkQueue
{
    private const double Smoothing = 0.05;

    private readonly int _workers,
        _places;
    private readonly WorkerGate _gate;
    private int _taken;
    private double _meanSeconds = 0.1;

    /// <param name="workers">Pieces of work at one time.</param>
    /// <param name="queue">Requests that may wait.</param>
    /// <param name="pixels">Pixels that are worked on at one time.</param>
    public WorkQueue(int workers, int queue, long pixels)
    {
        (_workers, _places) = (workers, workers + queue);
        _gate = new(workers, pixels);
    }

    /// <summary>Workers there are.</summary>
    public int Workers => _workers;

    /// <summary>Requests that work or wait.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Requests that wait.</summary>
    public int Waiting => Math.Max(0, Taken - Working);

    /// <summary>Workers that work.</summary>
    public int Working => _gate.Working;

    /// <summary>Pixels that are worked on.</summary>
    public long Pixels => _gate.Pixels;

    /// <summary>Refuses a request whose body need not be read because there is no place for it.</summary>
    /// <exception cref="RequestException">All places are taken.</exception>
    public void RequirePlace()
    {
        if (Taken >= _places)
            throw Busy();
    }

    /// <summary>Runs work on a worker.</summary>
    /// <param name="pixels">Pixels of the pictures that it holds at one time.</param>
    /// <param name="work">Decodes, runs networks, searches.</param>
    /// <param name="gone">The client has gone.</param>
    /// <exception cref="RequestException">All places are taken.</exception>
    public async Task<T> RunAsync<T>(long pixels, Func<CancellationToken, Task<T>> work, CancellationToken gone)
    {
        if (Interlocked.Increment(ref _taken) > _places)
        {
            Interlocked.Decrement(ref _taken);
            throw Busy();
        }
        try
        {
            return await OnWorkerAsync(pixels, work, gone).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _taken);
        }
    }

    /// <summary>Runs one of many pieces of a request that has a place: it waits for a worker and cannot be refused.</summary>
    public async Task<T> OnWorkerAsync<T>(long pixels, Func<CancellationToken, Task<T>> work, CancellationToken gone)
    {
        using IDisposable entry = await _gate.EnterAsync(pixels, gone).ConfigureAwait(false);
        long start = Stopwatch.GetTimestamp();
        try
        {
            return await work(gone).ConfigureAwait(false);
        }
        finally
        {
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            // A lost update among several workers does not matter for a mean.
            _meanSeconds += Smoothing * (seconds - _meanSeconds);
        }
    }

    /// <summary>Takes one place for a request that brings many pictures.</summary>
    public IDisposable TakePlace()
    {
        if (Interlocked.Increment(ref _taken) <= _places)
            return new Place(this);
        Interlocked.Decrement(ref _taken);
        throw Busy();
    }

    /// <summary>When the queue will have been worked off, a little scattered so that not all come back at once.</summary>
    private RequestException Busy()
    {
        double wait = Math.Clamp(_meanSeconds * _places / _workers, 0.5, 30);
        return RequestException.Busy(
            $"{_places} requests are being worked on or wait; come back later",
            TimeSpan.FromSeconds(wait * (0.75 + Random.Shared.NextDouble()))
        );
    }

    private sealed class Place(WorkQueue queue) : IDisposable
    {
        private int _held = 1;

        public void Dispose() => Interlocked.Add(ref queue._taken, -Interlocked.Exchange(ref _held, 0));
    }
}
