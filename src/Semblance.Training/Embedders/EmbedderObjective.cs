using Semblance.Training.Identity;
using Semblance.Training.Losses;
using static TorchSharp.torch;

namespace Semblance.Training.Embedders;

/// <summary>
/// The loss of one batch: the classifier's over labelled faces and, where there are faces to distil from, weight times the mean of 1 - cos
/// between the network's feature of a varied crop and what the untrained network gave the clean one.
/// </summary>
internal sealed class EmbedderObjective(
    EmbedderOptions options,
    nn.Module<Tensor, Tensor> network,
    ClassifierHead head,
    LabelledFaces people,
    DistilledFaces? distilled,
    Device device
) : IAsyncDisposable
{
    private readonly PartialClasses? _partial = options.PartialRate < 1 ? new(people.Classes, options.PartialRate, options.Seed) : null;
    private readonly HashSet<long> _drawn = [];
    private IAsyncEnumerator<TrainingBatch>? _people,
        _distilled;

    /// <summary>Rows of the head that took part in the step so far; null for all.</summary>
    public Tensor? Rows => _partial is null ? null : tensor(_drawn.Order().ToArray(), device: device);

    /// <summary>Starts preparing batches.</summary>
    /// <param name="first">Number of the first batch.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public void Start(long first, CancellationToken cancellationToken)
    {
        _people = people.Batches.From(first, cancellationToken).GetAsyncEnumerator(CancellationToken.None);
        _distilled = distilled?.Batches.From(first, cancellationToken).GetAsyncEnumerator(CancellationToken.None);
    }

    /// <summary>Waits for the next batch, which must be the one of that number, and gives what computes its loss.</summary>
    public async Task<Func<Tensor>> NextAsync(long number)
    {
        TrainingBatch labelled = await NextAsync(_people!, number).ConfigureAwait(false);
        TrainingBatch? unlabelled = _distilled is null ? null : await NextAsync(_distilled, number).ConfigureAwait(false);
        return () => Loss(number, labelled, unlabelled);
    }

    private Tensor Loss(long number, TrainingBatch labelled, TrainingBatch? unlabelled)
    {
        Tensor input = InputOf(labelled);
        if (unlabelled is not null)
            input = cat([input, InputOf(unlabelled)]);
        Tensor features = network.forward(input);
        int count = labelled.Samples.Length;
        long[] labels = [.. labelled.Samples.Select(sample => (long)people.Labels[sample])];
        Tensor loss = head.Loss(features.narrow(0, 0, count), tensor(labels, device: device), RowsOf(labels, number));
        if (unlabelled is null)
            return loss;
        Tensor wanted = distilled!.Targets.index_select(
            0,
            tensor(unlabelled.Samples.Select(sample => (long)sample).ToArray(), device: device)
        );
        Tensor given = nn.functional.normalize(features.narrow(0, count, unlabelled.Samples.Length));
        return loss + (1 - (given * wanted).sum(1)).mean() * options.DistillWeight;
    }

    /// <summary>Classes of a batch. All batches of one update count as its rows: each left gradients in its own.</summary>
    private Tensor? RowsOf(long[] labels, long number)
    {
        if (_partial is null)
            return null;
        if (number % options.Accumulate == 0)
            _drawn.Clear();
        long[] drawn = _partial.Draw(labels, number);
        _drawn.UnionWith(drawn);
        return tensor(drawn, device: device);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_people is not null)
            await _people.DisposeAsync().ConfigureAwait(false);
        if (_distilled is not null)
            await _distilled.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Copied to memory of libtorch's own: how managed memory is aligned changes the last bits of matrix products.</summary>
    private Tensor InputOf(TrainingBatch batch) => tensor(batch.Input, batch.Shape, device: device).clone();

    private static async Task<TrainingBatch> NextAsync(IAsyncEnumerator<TrainingBatch> batches, long number)
    {
        await batches.MoveNextAsync().ConfigureAwait(false);
        return batches.Current.Step == number
            ? batches.Current
            : throw new InvalidOperationException($"batch {batches.Current.Step} came where {number} was due");
    }
}
