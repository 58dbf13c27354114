using System.Runtime.CompilerServices;
using Semblance.Diagnostics;

namespace Semblance;

/// <summary>Works on many items at once and gives the results in the order of the items.</summary>
internal static class OrderedPipeline
{
    /// <summary>Items that are started or finished and not yet taken, for each that is worked on: room for one that takes long.</summary>
    public const int WindowPerWorker = 2;

    /// <summary>Runs.</summary>
    /// <param name="items">Taken as they are needed. An error of theirs is thrown after the results of the items before it.</param>
    /// <param name="workers">Items worked on at once.</param>
    /// <param name="work">What is done with an item, on the thread pool.</param>
    /// <param name="discard">Gets results that nobody took.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <remarks>On every path, whatever was started has ended when the enumerator returns.</remarks>
    public static async IAsyncEnumerable<TResult> RunAsync<TItem, TResult>(
        IAsyncEnumerable<TItem> items,
        int workers,
        Func<TItem, CancellationToken, Task<TResult>> work,
        Action<TResult> discard,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using SemaphoreSlim free = new(workers);
        Queue<Task<TResult>> started = [];
        IAsyncEnumerator<TItem> source = items.GetAsyncEnumerator(stop.Token);
        Task<bool>? next = null;
        bool more = true;
        try
        {
            while (true)
            {
                if (more && next is null && started.Count < WindowPerWorker * workers)
                    next = source.MoveNextAsync().AsTask();
                if (next is { IsCompletedSuccessfully: true })
                {
                    more = next.Result;
                    if (more)
                        started.Enqueue(StartAsync(source.Current));
                    next = null;
                    continue;
                }
                if (started.Count == 0)
                {
                    if (next is null)
                        break;
                    await next.ConfigureAwait(false);
                    continue;
                }
                // The next item is awaited beside the first result; one that failed to come is thrown after all results.
                if (next is { IsCompleted: false })
                {
                    await Task.WhenAny(next, started.Peek()).ConfigureAwait(false);
                    if (next.IsCompletedSuccessfully)
                        continue;
                }
                yield return await started.Dequeue().ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            foreach (Task<TResult> task in started)
            {
                await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (task.IsCompletedSuccessfully)
                    discard(task.Result);
            }
            if (next is not null)
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await source.DisposeAsync().ConfigureAwait(false);
        }

        async Task<TResult> StartAsync(TItem item)
        {
            SemblanceDiagnostics.CountQueued(1);
            try
            {
                await free.WaitAsync(stop.Token).ConfigureAwait(false);
                try
                {
                    return await Task.Run(() => work(item, stop.Token), CancellationToken.None).ConfigureAwait(false);
                }
                finally
                {
                    free.Release();
                }
            }
            finally
            {
                SemblanceDiagnostics.CountQueued(-1);
            }
        }
    }
}
