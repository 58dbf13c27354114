using Semblance.TestSupport;
using Semblance.Training.Tests.Support;
using Semblance.Training.Trainer;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Semblance.Training.Tests.Trainer;

/// <summary>The loop with a small network with dropout, so that libtorch's random numbers matter.</summary>
[Collection(LibTorchCollection.Name)]
public sealed class TrainingLoopTests : IDisposable
{
    private const int Steps = 8;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Resumed_run_ends_with_the_same_bits_as_an_uninterrupted_one()
    {
        using Run whole = new(_folder["whole"]),
            half = new(_folder["half"]),
            rest = new(_folder["half"]);
        await whole.GoAsync(0);
        using CancellationTokenSource stop = new();
        half.View = new RecordingView
        {
            OnStep = progress =>
            {
                if (progress.Step == 3)
                    stop.Cancel();
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => half.GoAsync(0, stop.Token));
        long done = rest.State.Load(rest.Folder.Checkpoint, Run.Fingerprint);
        Assert.Equal(3, done);
        await rest.GoAsync(done);
        Assert.Equal(whole.Bits(), rest.Bits());
        Assert.NotEqual(half.Bits(), rest.Bits());
        Assert.Equal(RunRecord.Read(whole.Folder.Metrics).Series["loss"], RunRecord.Read(rest.Folder.Metrics).Series["loss"]);
    }

    [Fact]
    public async Task Two_small_batches_move_the_weights_as_one_large_one_does_when_gradients_are_accumulated()
    {
        using Run large = new(_folder["large"]) { Dropout = false },
            small = new(_folder["small"]) { Dropout = false, Accumulate = 2 };
        await large.GoAsync(0);
        await small.GoAsync(0);
        float[] expected = large.Values(),
            actual = small.Values();
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5f);
    }

    [Fact]
    public async Task Training_stops_with_advice_when_the_loss_is_no_number()
    {
        using Run run = new(_folder["nan"]) { Spoil = step => step == 2 ? double.NaN : 1 };
        TrainingException error = await Assert.ThrowsAsync<TrainingException>(() => run.GoAsync(0));
        Assert.Contains("step 2: the loss is not a number at learning rate 0.01", error.Message);
        Assert.Contains("--lr", error.Message);
        Assert.All(run.Values(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public async Task Full_disk_at_a_checkpoint_in_between_is_told_and_training_goes_on()
    {
        using SmallDisk disk = new("1m");
        using Run run = new(disk.Root) { CheckpointEvery = 2 };
        Directory.CreateDirectory(run.Folder.Path);
        run.State.Save(run.Folder.Checkpoint, 0, Run.Fingerprint);
        byte[] before = File.ReadAllBytes(run.Folder.Checkpoint);
        RecordingView view = new()
        {
            OnStep = progress =>
            {
                if (progress.Step == 2)
                    disk.Fill();
                if (progress.Step != 3)
                    return;
                Assert.Equal(before, File.ReadAllBytes(run.Folder.Checkpoint));
                disk.Empty();
            },
        };
        run.View = view;
        await run.GoAsync(0);
        Assert.Contains(view.Messages, message => message.StartsWith("warning: no checkpoint at step 2:", StringComparison.Ordinal));
        using Run again = new(disk.Root);
        Assert.Equal(Steps, again.State.Load(run.Folder.Checkpoint, Run.Fingerprint));
    }

    [Fact]
    public async Task Run_that_is_stopped_while_it_measures_has_a_checkpoint_and_is_resumed_with_that_measurement()
    {
        using CancellationTokenSource stop = new();
        using Run run = new(_folder["run"]) { MeasureEvery = 2 },
            rest = new(_folder["run"]) { MeasureEvery = 2 };
        List<long> measured = [];
        run.Measure = done =>
        {
            if (done == 4)
                stop.Cancel();
            stop.Token.ThrowIfCancellationRequested();
            return Figures(done);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.GoAsync(0, stop.Token));
        rest.Measure = done =>
        {
            measured.Add(done);
            return Figures(done);
        };
        long done = rest.State.Load(rest.Folder.Checkpoint, Run.Fingerprint);
        Assert.Equal(4, done);
        await rest.GoAsync(done);
        Assert.Equal([4, 6, 8], measured);
        Assert.Equal([(2L, 0.2), (4L, 0.4), (6L, 0.6), (8L, 0.8)], RunRecord.Read(rest.Folder.Metrics).Series["set.accuracy"]);

        static Dictionary<string, double> Figures(long done) => new() { ["set.accuracy"] = done / 10.0 };
    }

    [Fact]
    public async Task Measurement_is_not_repeated_when_a_run_is_resumed_at_a_step_that_was_measured()
    {
        using CancellationTokenSource stop = new();
        using Run run = new(_folder["run"]) { MeasureEvery = 2 };
        List<long> measured = [];
        run.Measure = done =>
        {
            measured.Add(done);
            return new Dictionary<string, double> { ["set.accuracy"] = 0.5 };
        };
        run.View = new RecordingView
        {
            OnStep = progress =>
            {
                if (progress.Step == 4)
                    stop.Cancel();
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.GoAsync(0, stop.Token));
        await run.GoAsync(4);
        Assert.Equal([2, 4, 6, 8], measured);
    }

    [Fact]
    public async Task Figures_that_cannot_be_written_are_told_once_and_training_goes_on()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "the machine has no device that is always full");
        using Run run = new(_folder["run"]);
        Directory.CreateDirectory(run.Folder.Path);
        File.CreateSymbolicLink(run.Folder.Metrics, "/dev/full");
        RecordingView view = new();
        run.View = view;
        await run.GoAsync(0);
        Assert.StartsWith("warning: the figures of step 1 cannot be written:", Assert.Single(view.Messages));
        Assert.Equal(Steps, run.State.Load(run.Folder.Checkpoint, Run.Fingerprint));
    }

    [Fact]
    public async Task Full_disk_at_the_last_checkpoint_is_an_error_that_says_how_to_go_on()
    {
        using SmallDisk disk = new("1m");
        using Run run = new(disk.Root) { CheckpointEvery = 6 };
        run.View = new RecordingView
        {
            OnStep = progress =>
            {
                if (progress.Step == 7)
                    disk.Fill();
            },
        };
        IOException error = await Assert.ThrowsAsync<IOException>(() => run.GoAsync(0));
        Assert.StartsWith($"the checkpoint of step {Steps} cannot be written:", error.Message);
        Assert.EndsWith("go on from it with --resume", error.Message);
        Assert.Equal(6, run.State.Load(run.Folder.Checkpoint, Run.Fingerprint));
    }

    [Fact]
    public async Task Checkpoint_is_refused_when_it_is_of_another_network_or_other_options()
    {
        using Run run = new(_folder["run"]),
            other = new(_folder["other"], width: 5);
        await run.GoAsync(0);
        byte[] untouched = other.Bits();
        Assert.Contains(
            "another network",
            Assert.Throws<TrainingException>(() => other.State.Load(run.Folder.Checkpoint, Run.Fingerprint)).Message
        );
        Assert.Equal(untouched, other.Bits());
        TrainingException options = Assert.Throws<TrainingException>(() => run.State.Load(run.Folder.Checkpoint, "lr 7"));
        Assert.Contains("lr 7", options.Message);
        Assert.Contains(Run.Fingerprint, options.Message);
        File.WriteAllBytes(run.Folder.Checkpoint, File.ReadAllBytes(run.Folder.Checkpoint)[..100]);
        Assert.Contains("cut off", Assert.Throws<TrainingException>(() => run.State.Load(run.Folder.Checkpoint, Run.Fingerprint)).Message);
    }

    /// <summary>A run on made-up numbers: batch i is drawn from a generator of its own.</summary>
    private sealed class Run : IDisposable
    {
        public const string Fingerprint = "small network";

        private const int Inputs = 6,
            BatchSize = 8;

        private readonly Sequential _network;
        private readonly Dropout _dropout = nn.Dropout(0.3);
        private readonly Linear _last;

        public Run(string folder, int width = 4)
        {
            Folder = new(folder);
            using Generator generator = new(5);
            Linear first = nn.Linear(Inputs, width);
            _last = nn.Linear(width, 1);
            _network = nn.Sequential(first, _last);
            using (no_grad())
                foreach (Parameter parameter in _network.parameters())
                    parameter.copy_(randn(parameter.shape, generator: generator));
            TrainedParameter[] trained =
            [
                .. _network
                    .named_parameters()
                    .Select(entry => new TrainedParameter("network." + entry.name, entry.parameter, WeightDecay: 0.01)),
            ];
            State = new(new Dictionary<string, nn.Module> { ["network"] = _network }, new MomentumSgd(trained, 0.9));
        }

        public RunFolder Folder { get; }

        public TrainingState State { get; }

        public ITrainingView View { get; set; } = new RecordingView();

        public bool Dropout { get; init; } = true;

        public int Accumulate { get; init; } = 1;

        public long CheckpointEvery { get; init; } = 100;

        public long MeasureEvery { get; init; }

        public Func<long, IReadOnlyDictionary<string, double>>? Measure { get; set; }

        /// <summary>What the loss of a step is multiplied by.</summary>
        public Func<long, double> Spoil { get; init; } = _ => 1;

        public async Task GoAsync(long start, CancellationToken? stop = null)
        {
            Directory.CreateDirectory(Folder.Path);
            TrainingPlan plan = new()
            {
                Rate = new()
                {
                    Base = 0.01,
                    TotalSteps = Steps,
                    Decay = RateDecay.Constant,
                },
                SamplesPerStep = BatchSize,
                StepsPerEpoch = Steps,
                CheckpointEvery = CheckpointEvery,
                MeasureEvery = MeasureEvery,
                LogEvery = 1,
                Accumulate = Accumulate,
                Seed = 3,
                Threads = 1,
                Fingerprint = Fingerprint,
            };
            await new TrainingLoop(plan, State, Folder, View).RunAsync(
                start,
                NextAsync,
                Measure,
                cancellationToken: stop ?? TestContext.Current.CancellationToken
            );
        }

        public byte[] Bits() => [.. Values().SelectMany(BitConverter.GetBytes)];

        public float[] Values() => [.. _network.parameters().SelectMany(parameter => parameter.detach().data<float>().ToArray())];

        public void Dispose()
        {
            State.Optimizer.Dispose();
            _network.Dispose();
            _dropout.Dispose();
        }

        private async Task<Func<Tensor>> NextAsync(long number)
        {
            await Task.Yield();
            return () =>
            {
                int size = BatchSize / Accumulate;
                using Generator generator = new((ulong)(number / Accumulate));
                Tensor input = randn([BatchSize, Inputs], generator: generator).narrow(0, number % Accumulate * size, size);
                Tensor hidden = ((Linear)_network[0]).forward(input);
                return (_last.forward(Dropout ? _dropout.forward(hidden) : hidden) - input.sum(1, keepdim: true)).pow(2).mean()
                    * Spoil(number / Accumulate);
            };
        }
    }
}
