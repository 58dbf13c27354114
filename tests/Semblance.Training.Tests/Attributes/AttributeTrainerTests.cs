using Semblance.Training.Attributes.Networks;
using Semblance.Training.Attributes.Training;
using Semblance.Training.Tests.Support;
using Semblance.Training.Trainer;

namespace Semblance.Training.Tests.Attributes;

[Collection(LibTorchCollection.Name)]
public sealed class AttributeTrainerTests : IDisposable
{
    /// <summary>32 faces in batches of 8.</summary>
    private const int StepsPerEpoch = 4;

    private readonly AttributeData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_run_learns_and_its_metrics_have_every_epochs_figures()
    {
        using AttributeNetwork network = Network();
        IReadOnlyDictionary<string, double> best = await Train(new TinyTask(), network, Options("run", 6));
        Assert.Equal(1, best["score"]);
        RunRecord record = RunRecord.Read(_data.PathOf("run/metrics.jsonl"));
        long[] epochs = [.. Enumerable.Range(1, 6).Select(epoch => (long)(epoch * StepsPerEpoch))];
        Assert.Equal(epochs, record.Series["validation.score"].Select(point => point.Step));
        // Guessing between two costs ln 2.
        Assert.InRange(record.Series[RunRecord.Loss][^1].Value, 0, Math.Log(2));
    }

    [Theory]
    [InlineData(2 * StepsPerEpoch)]
    [InlineData(2 * StepsPerEpoch + 1)]
    public async Task A_run_that_is_resumed_ends_with_the_weights_of_one_that_was_not_interrupted(int steps)
    {
        using AttributeNetwork whole = Network(),
            half = Network(),
            rest = Network();
        await Train(new TinyTask(), whole, Options("whole", 4));
        using CancellationTokenSource stop = new();
        using StoppingView stopping = new(stop, steps);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new AttributeTrainer(new TinyTask(), half, Options("half", 4), stopping).RunAsync(stop.Token)
        );
        IReadOnlyDictionary<string, double> resumed = await Train(
            new TinyTask(),
            rest,
            Options("half", 4) with
            {
                Start = RunStart.Resume,
            }
        );
        Assert.Equal(whole.Heads.Weights, rest.Heads.Weights);
        Assert.Equal(Weights(whole), Weights(rest));
        RunRecord uninterrupted = RunRecord.Read(_data.PathOf("whole/metrics.jsonl")),
            record = RunRecord.Read(_data.PathOf("half/metrics.jsonl"));
        Assert.Equal(uninterrupted.Series["validation.score"], record.Series["validation.score"]);
        Assert.Equal(uninterrupted.Series[RunRecord.Loss][^1], record.Series[RunRecord.Loss][^1]);
        Assert.Equal(1, resumed["score"]);
    }

    [Fact]
    public async Task Frozen_layers_keep_their_weights_and_the_others_do_not()
    {
        using AttributeNetwork network = Network();
        float[][] before = Weights(network);
        await Train(new TinyTask(), network, Options("run", 1) with { FrozenLayers = 2 });
        float[][] after = Weights(network);
        Assert.Contains(Enumerable.Range(0, before.Length), i => before[i].SequenceEqual(after[i]));
        Assert.Contains(Enumerable.Range(0, before.Length), i => !before[i].SequenceEqual(after[i]));
    }

    [Fact]
    public async Task Resuming_without_a_checkpoint_says_so()
    {
        using AttributeNetwork network = Network();
        TrainingException error = await Assert.ThrowsAsync<TrainingException>(() =>
            Train(new TinyTask(), network, Options("none", 1) with { Start = RunStart.Resume })
        );
        Assert.Contains("no checkpoint", error.Message);
    }

    [Fact]
    public async Task A_run_is_not_resumed_with_other_options()
    {
        using AttributeNetwork network = Network();
        await Train(new TinyTask(), network, Options("run", 1));
        TrainingException error = await Assert.ThrowsAsync<TrainingException>(() =>
            Train(new TinyTask(), network, Options("run", 1) with { Rate = 0.5, Start = RunStart.Resume })
        );
        Assert.Contains("rate 0.5", error.Message);
    }

    [Fact]
    public async Task A_new_run_does_not_overwrite_another()
    {
        using AttributeNetwork network = Network();
        await Train(new TinyTask(), network, Options("run", 1));
        TrainingException error = await Assert.ThrowsAsync<TrainingException>(() => Train(new TinyTask(), network, Options("run", 1)));
        Assert.Contains("--resume", error.Message);
    }

    [Fact]
    public async Task Weights_of_several_runs_are_averaged()
    {
        using AttributeNetwork one = Network(),
            other = Network(),
            mean = Network();
        await Train(new TinyTask(), one, Options("one", 1));
        await Train(new TinyTask(), other, Options("other", 3));
        EarlierRuns.Load(mean, new RunFolder(_data.PathOf("one")), new RunFolder(_data.PathOf("other")));
        float[] a = one.Heads.Weights,
            b = other.Heads.Weights,
            both = mean.Heads.Weights;
        Assert.NotEqual(a, b);
        for (int i = 0; i < a.Length; i++)
            Assert.Equal((a[i] + b[i]) / 2, both[i], 1e-6);
        Assert.Contains(
            "none",
            Assert.Throws<TrainingException>(() => EarlierRuns.Load(mean, new RunFolder(_data.PathOf("none")))).Message
        );
        Assert.Equal(both, mean.Heads.Weights);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        File.WriteAllText(_data.PathOf("file"), "");
        using AttributeNetwork network = Network();
        TrainingException error = await Assert.ThrowsAsync<TrainingException>(() => Train(new TinyTask(), network, Options("file", 1)));
        Assert.Contains(_data.PathOf("file"), error.Message);
    }

    [Fact]
    public async Task Fewer_faces_than_a_step_takes_are_refused()
    {
        using AttributeNetwork network = Network();
        TrainingException error = await Assert.ThrowsAsync<TrainingException>(() =>
            Train(new TinyTask(), network, Options("run", 1) with { Batch = 64 })
        );
        Assert.Contains("32 faces, fewer than a step of 64", error.Message);
    }

    private static async Task<IReadOnlyDictionary<string, double>> Train(
        IAttributeTask task,
        AttributeNetwork network,
        TrainingOptions options
    )
    {
        using LineView view = new(TextWriter.Null);
        return await new AttributeTrainer(task, network, options, view).RunAsync(TestContext.Current.CancellationToken);
    }

    private TrainingOptions Options(string name, int epochs) =>
        new()
        {
            Folder = _data.PathOf(name),
            Sides = [.. Enumerable.Repeat(TinyTask.Side, epochs)],
            Batch = 8,
            Rate = 0.02,
            FrozenLayers = 0,
            ThawedEpochs = 0,
            Dropout = 0.3,
            Average = 0.5,
            Threads = 1,
            Augmentation = new()
            {
                Grey = 0,
                Erase = 0,
                Tint = 0,
            },
        };

    private static AttributeNetwork Network()
    {
        TorchSharp.torch.random.manual_seed(1);
        return new(AttributeTrunk.Cut(TinyTask.Embedder()), 2, dropout: 0);
    }

    private static float[][] Weights(AttributeNetwork network) =>
        [.. network.TrunkParameters.Select(parameter => parameter.detach().data<float>().ToArray())];

    /// <summary>Stops the run when so many steps are done.</summary>
    private sealed class StoppingView(CancellationTokenSource stop, int steps) : ITrainingView
    {
        public void Advanced(TrainingProgress progress)
        {
            if (progress.Step == steps)
                stop.Cancel();
        }

        public void Measured(long done, IReadOnlyDictionary<string, double> figures) { }

        public void Say(string message) { }

        public void Dispose() { }
    }
}
