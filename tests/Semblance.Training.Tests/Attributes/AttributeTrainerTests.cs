using System.Text.Json;
using Semblance.Training.Attributes.Networks;
using Semblance.Training.Attributes.Training;
using Semblance.Training.Tests.Support;
using Semblance.Training.Trainer;

namespace Semblance.Training.Tests.Attributes;

[Collection(LibTorchCollection.Name)]
public sealed class AttributeTrainerTests : IDisposable
{
    private readonly AttributeData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void A_run_learns_and_writes_a_line_of_metrics_for_every_epoch()
    {
        using AttributeNetwork network = Network();
        IReadOnlyDictionary<string, double> best = new AttributeTrainer(new TinyTask(), network, Options("run", 6), TextWriter.Null).Run(
            TestContext.Current.CancellationToken
        );
        Assert.Equal(1, best["score"]);
        string[] lines = File.ReadAllLines(_data.PathOf("run/metrics.jsonl"));
        Assert.Equal(6, lines.Length);
        JsonElement first = JsonDocument.Parse(lines[0]).RootElement,
            last = JsonDocument.Parse(lines[5]).RootElement;
        Assert.True(last.GetProperty("loss").GetDouble() < first.GetProperty("loss").GetDouble());
        Assert.Equal(6, last.GetProperty("epoch").GetInt32());
    }

    [Fact]
    public void A_run_that_is_resumed_ends_with_the_weights_of_one_that_was_not_interrupted()
    {
        using AttributeNetwork whole = Network(),
            half = Network(),
            rest = Network();
        new AttributeTrainer(new TinyTask(), whole, Options("whole", 4), TextWriter.Null).Run(TestContext.Current.CancellationToken);
        using CancellationTokenSource stop = new();
        StoppingTask stopping = new(stop, epochs: 2);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new AttributeTrainer(stopping, half, Options("half", 4), TextWriter.Null).Run(stop.Token)
        );
        new AttributeTrainer(new TinyTask(), rest, Options("half", 4) with { Start = RunStart.Resume }, TextWriter.Null).Run(
            TestContext.Current.CancellationToken
        );
        Assert.Equal(whole.Heads.Weights, rest.Heads.Weights);
        Assert.Equal(4, File.ReadAllLines(_data.PathOf("half/metrics.jsonl")).Length);
    }

    [Fact]
    public void Frozen_layers_keep_their_weights_and_the_others_do_not()
    {
        using AttributeNetwork network = Network();
        float[][] before = Weights(network);
        new AttributeTrainer(new TinyTask(), network, Options("run", 1) with { FrozenLayers = 2 }, TextWriter.Null).Run(
            TestContext.Current.CancellationToken
        );
        float[][] after = Weights(network);
        Assert.Contains(Enumerable.Range(0, before.Length), i => before[i].SequenceEqual(after[i]));
        Assert.Contains(Enumerable.Range(0, before.Length), i => !before[i].SequenceEqual(after[i]));
    }

    [Fact]
    public void Resuming_without_a_checkpoint_says_so()
    {
        using AttributeNetwork network = Network();
        TrainingException error = Assert.Throws<TrainingException>(() =>
            new AttributeTrainer(new TinyTask(), network, Options("none", 1) with { Start = RunStart.Resume }, TextWriter.Null).Run(
                TestContext.Current.CancellationToken
            )
        );
        Assert.Contains("no checkpoint", error.Message);
    }

    [Fact]
    public void A_run_is_not_resumed_with_other_options()
    {
        using AttributeNetwork network = Network();
        new AttributeTrainer(new TinyTask(), network, Options("run", 1), TextWriter.Null).Run(TestContext.Current.CancellationToken);
        TrainingException error = Assert.Throws<TrainingException>(() =>
            new AttributeTrainer(
                new TinyTask(),
                network,
                Options("run", 1) with
                {
                    Rate = 0.5,
                    Start = RunStart.Resume,
                },
                TextWriter.Null
            ).Run(TestContext.Current.CancellationToken)
        );
        Assert.Contains("rate 0.5", error.Message);
    }

    [Fact]
    public void A_new_run_does_not_overwrite_another()
    {
        using AttributeNetwork network = Network();
        new AttributeTrainer(new TinyTask(), network, Options("run", 1), TextWriter.Null).Run(TestContext.Current.CancellationToken);
        Assert.Contains(
            "--resume",
            Assert
                .Throws<TrainingException>(() =>
                    new AttributeTrainer(new TinyTask(), network, Options("run", 1), TextWriter.Null).Run(
                        TestContext.Current.CancellationToken
                    )
                )
                .Message
        );
    }

    [Fact]
    public void Weights_of_several_runs_are_averaged()
    {
        using AttributeNetwork one = Network(),
            other = Network(),
            mean = Network();
        new AttributeTrainer(new TinyTask(), one, Options("one", 1), TextWriter.Null).Run(TestContext.Current.CancellationToken);
        new AttributeTrainer(new TinyTask(), other, Options("other", 3), TextWriter.Null).Run(TestContext.Current.CancellationToken);
        AttributeCheckpoint.Load(mean, new RunFolder(_data.PathOf("one")), new RunFolder(_data.PathOf("other")));
        float[] a = one.Heads.Weights,
            b = other.Heads.Weights,
            both = mean.Heads.Weights;
        Assert.NotEqual(a, b);
        for (int i = 0; i < a.Length; i++)
            Assert.Equal((a[i] + b[i]) / 2, both[i], 1e-6);
        Assert.Contains(
            "none",
            Assert.Throws<TrainingException>(() => AttributeCheckpoint.Load(mean, new RunFolder(_data.PathOf("none")))).Message
        );
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named()
    {
        File.WriteAllText(_data.PathOf("file"), "");
        using AttributeNetwork network = Network();
        TrainingException error = Assert.Throws<TrainingException>(() =>
            new AttributeTrainer(new TinyTask(), network, Options("file", 1), TextWriter.Null).Run(TestContext.Current.CancellationToken)
        );
        Assert.Contains(_data.PathOf("file"), error.Message);
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

    /// <summary>The tiny task, which stops the run when a number of epochs has been judged.</summary>
    private sealed class StoppingTask(CancellationTokenSource stop, int epochs) : IAttributeTask
    {
        private readonly TinyTask _task = new();
        private int _drawn;

        public string Description => _task.Description;

        public int Outputs => _task.Outputs;

        public int SampleCount => _task.SampleCount;

        public IReadOnlyList<Semblance.Training.Attributes.Data.FaceCrop> ValidationCrops => _task.ValidationCrops;

        public int[] DrawEpoch(Random random)
        {
            // The trainer asks twice an epoch: for the number of steps and for the samples.
            if (++_drawn > 2 * epochs)
                stop.Cancel();
            return _task.DrawEpoch(random);
        }

        public Semblance.Training.Attributes.Data.FaceCrop Crop(int sample) => _task.Crop(sample);

        public TorchSharp.torch.Tensor Loss(TorchSharp.torch.Tensor outputs, ReadOnlySpan<int> samples) => _task.Loss(outputs, samples);

        public IReadOnlyDictionary<string, double> Judge(float[] outputs) => _task.Judge(outputs);
    }
}
