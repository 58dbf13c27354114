using Semblance.Models;

namespace Semblance.Runtime;

/// <summary>Does something with an unknown network that ends in time, whatever the network does.</summary>
internal static class TimeLimited
{
    /// <summary>How long loading a model and running it once may take; the largest known ones need a few seconds.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>What a run that is told to end may still take.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>Does it.</summary>
    /// <exception cref="ModelException">It takes longer than <see cref="Limit"/>.</exception>
    public static void Run(string model, Action<CancellationToken> work, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        CancellationToken stop = limit.Token;
        // Runs end when they are told to; a load that does not is left behind.
        Task task = Task.Run(() => work(stop), CancellationToken.None);
        try
        {
            task.WaitAsync(Limit + Grace, cancellationToken).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new ModelException(model, $"did not give an answer within {Limit.TotalSeconds} seconds", e);
        }
    }
}
