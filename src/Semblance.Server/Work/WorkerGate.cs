namespace Semblance.Server.Work;

/// <summary>
/// Gives out workers, and with each the pixels of the pictures that it will hold: a few large pictures need more memory than many of the
/// usual size. Who finds no room waits, in the order of coming; a smaller picture may pass a large one that waits, some of them at most.
/// </summary>
internal sealed class WorkerGate
{
    /// <summary>Pictures that may pass one that waits for room.</summary>
    private const int Passing = 16;

    private readonly Lock _gate = new();
    private readonly LinkedList<Waiting> _waiting = new();
    private readonly int _allWorkers;
    private readonly long _allPixels;
    private int _workers;
    private long _pixels;

    /// <param name="workers">Workers there are.</param>
    /// <param name="pixels">Pixels that are worked on at one time; who wants more gets all.</param>
    public WorkerGate(int workers, long pixels) => (_allWorkers, _allPixels, _workers, _pixels) = (workers, pixels, workers, pixels);

    /// <summary>Workers that work.</summary>
    public int Working
    {
        get
        {
            lock (_gate)
                return _allWorkers - _workers;
        }
    }

    /// <summary>Pixels that are worked on.</summary>
    public long Pixels
    {
        get
        {
            lock (_gate)
                return _allPixels - _pixels;
        }
    }

    /// <summary>Waits for a worker, and for room.</summary>
    /// <param name="pixels">Pixels of the pictures that it will hold at one time; 0 for none.</param>
    /// <param name="gone">Stops waiting.</param>
    /// <returns>Gives both back when it is disposed of.</returns>
    public async Task<IDisposable> EnterAsync(long pixels, CancellationToken gone)
    {
        Waiting waiting = new(Math.Min(pixels, _allPixels));
        lock (_gate)
        {
            _waiting.AddLast(waiting);
            Admit();
        }
        CancellationTokenRegistration registration = gone.Register(() => GiveUp(waiting, gone));
        await using (registration.ConfigureAwait(false))
            await waiting.Admitted.Task.ConfigureAwait(false);
        return new Entry(this, waiting.Pixels);
    }

    private void Admit()
    {
        Waiting? passed = null;
        LinkedListNode<Waiting>? next = _waiting.First;
        while (next is not null && _workers > 0 && passed is not { Passed: >= Passing })
        {
            (LinkedListNode<Waiting> node, next) = (next, next.Next);
            if (node.Value.Admitted.Task.IsCompleted)
                _waiting.Remove(node);
            else if (node.Value.Pixels > _pixels)
                passed ??= node.Value;
            else
            {
                _waiting.Remove(node);
                if (!node.Value.Admitted.TrySetResult())
                    continue;
                _workers--;
                _pixels -= node.Value.Pixels;
                if (passed is not null)
                    passed.Passed++;
            }
        }
    }

    /// <summary>Those behind may have room now.</summary>
    private void GiveUp(Waiting waiting, CancellationToken gone)
    {
        lock (_gate)
            if (waiting.Admitted.TrySetCanceled(gone))
                Admit();
    }

    private void Leave(long pixels)
    {
        lock (_gate)
        {
            _workers++;
            _pixels += pixels;
            Admit();
        }
    }

    private sealed class Waiting(long pixels)
    {
        public long Pixels => pixels;

        public int Passed { get; set; }

        public TaskCompletionSource Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Entry(WorkerGate gate, long pixels) : IDisposable
    {
        private int _held = 1;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _held, 0) == 1)
                gate.Leave(pixels);
        }
    }
}
