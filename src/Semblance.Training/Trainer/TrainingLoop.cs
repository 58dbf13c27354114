using System.Diagnostics;
using Semblance.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace Semblance.Training.Trainer;

/// <summary>The loop of every training run: loss, gradient, update, metrics, measurements, checkpoints. Knows nothing of what is
/// trained.</summary>
/// <param name="plan">How the run goes.</param>
/// <param name="state">What changes.</param>
/// <param name="folder">Where checkpoints and metrics go.</param>
/// <param name="view">Shows it.</param>
internal sealed class TrainingLoop(TrainingPlan plan, TrainingState state, RunFolder folder, ITrainingView view)
{
    private const double LossSmoothing = 0.05;

    /// <summary>Runs to the end, or from a checkpoint on.</summary>
    /// <param name="start">Steps done before.</param>
    /// <param name="next">Waits for a batch, given its number, and gives what computes its loss; with <see cref="TrainingPlan.Accumulate"/>
    /// there are several a step.</param>
    /// <param name="measure">Figures of the network as it is, given the steps done; null for none.</param>
    /// <param name="rows">Rows of parameters that alone are updated in the current step; see <see
    /// cref="ITrainingOptimizer.Update"/>.</param>
    /// <param name="updated">Is called after every update with the steps done: a running average of the weights.</param>
    /// <param name="cancellationToken">Stops after the current step, with a checkpoint.</param>
    /// <exception cref="TrainingException">Training diverges.</exception>
    /// <exception cref="OperationCanceledException">Stopped; a checkpoint is there.</exception>
    /// <exception cref="IOException">The last checkpoint could not be written; the one before is as it was.</exception>
    public async Task RunAsync(
        long start,
        Func<long, Task<Func<Tensor>>> next,
        Func<long, IReadOnlyDictionary<string, double>>? measure = null,
        Func<IReadOnlyDictionary<string, Tensor>?>? rows = null,
        Action<long>? updated = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(next);
        bool owed =
            measure is not null
            && (start > 0 ? IsMeasured(start) && !WasMeasured(start) : plan.Beginning == FirstMeasurement.BeforeTraining);
        using MetricsLog metrics = MetricsLog.Open(folder.Metrics, start);
        DivergenceGuard guard = new();
        double mean = double.NaN,
            seconds = 0;
        bool unwritten = false;
        if (owed)
            Measure(start);
        for (long step = start; step < plan.Rate.TotalSteps; step++)
        {
            if (cancellationToken.IsCancellationRequested)
                Stop(step);
            long begun = Stopwatch.GetTimestamp();
            double rate = plan.Rate.At(step),
                value;
            try
            {
                value = await StepAsync(step, rate, guard, next, rows).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                Stop(step);
                throw;
            }
            updated?.Invoke(step + 1);
            double took = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            seconds = seconds == 0 ? took : seconds + LossSmoothing * (took - seconds);
            mean = double.IsNaN(mean) ? value : mean + LossSmoothing * (value - mean);
            long done = step + 1;
            if (done % plan.LogEvery == 0 || done == plan.Rate.TotalSteps)
                Log(
                    done,
                    new Dictionary<string, double>
                    {
                        ["epoch"] = done / plan.StepsPerEpoch,
                        ["loss"] = value,
                        ["rate"] = rate,
                        ["seconds"] = seconds,
                    }
                );
            view.Advanced(
                new(
                    done,
                    plan.Rate.TotalSteps,
                    done / plan.StepsPerEpoch,
                    mean,
                    rate,
                    plan.SamplesPerStep / seconds,
                    TimeSpan.FromSeconds(seconds * (plan.Rate.TotalSteps - done))
                )
            );
            if (measure is not null && IsMeasured(done))
                Measure(done);
            if (done == plan.Rate.TotalSteps)
                Save(done);
            else if (done % plan.CheckpointEvery == 0)
                TrySave(done);
        }

        void Measure(long done)
        {
            try
            {
                IReadOnlyDictionary<string, double> figures = measure!(done);
                Log(done, figures);
                view.Measured(done, figures);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                Stop(done);
            }
        }

        void Log(long done, IReadOnlyDictionary<string, double> figures)
        {
            try
            {
                metrics.Write(done, figures);
                unwritten = false;
            }
            catch (IOException e)
            {
                if (!unwritten)
                    view.Say(
                        $"warning: the figures of step {done} cannot be written: {e.Message} They are kept, training goes on; make room "
                            + $"in {folder.Path}"
                    );
                unwritten = true;
            }
        }
    }

    private bool IsMeasured(long done) => done == plan.Rate.TotalSteps || (plan.MeasureEvery > 0 && done % plan.MeasureEvery == 0);

    /// <summary>A run that was stopped while it measured is resumed with that measurement.</summary>
    private bool WasMeasured(long done)
    {
        if (!File.Exists(folder.Metrics))
            return false;
        RunRecord record = RunRecord.Read(folder.Metrics);
        return record.Measured.Any(name => record.At(name, done) is not null);
    }

    /// <summary>Batches are waited for outside the scope of tensors, which belongs to one thread.</summary>
    private async Task<double> StepAsync(
        long step,
        double rate,
        DivergenceGuard guard,
        Func<long, Task<Func<Tensor>>> next,
        Func<IReadOnlyDictionary<string, Tensor>?>? rows
    )
    {
        Func<Tensor>[] parts = new Func<Tensor>[plan.Accumulate];
        for (int part = 0; part < parts.Length; part++)
            parts[part] = await next(step * plan.Accumulate + part).ConfigureAwait(false);
        // The number belongs to the thread that asks, and every step may run on another one.
        if (plan.Threads is { } threads)
            set_num_threads(threads);
        using var scope = NewDisposeScope();
        random.manual_seed(StepRandom.SeedOf(plan.Seed, step, RandomStream.Network));
        state.Optimizer.ZeroGradients();
        double value = 0;
        foreach (Func<Tensor> loss in parts)
        {
            using var part = NewDisposeScope();
            Tensor one = loss();
            value += one.ToDouble() / plan.Accumulate;
            one.backward();
        }
        double gradient = state.Optimizer.ClipGradients(plan.Clip, plan.Accumulate);
        guard.Check(step, value, gradient, rate);
        state.Optimizer.Update(rate, rows?.Invoke());
        return value;
    }

    /// <summary>A checkpoint in between that cannot be written costs nothing while training goes on: it is told, and the next one is
    /// tried.</summary>
    private void TrySave(long done)
    {
        try
        {
            state.Save(folder.Checkpoint, done, plan.Fingerprint);
        }
        catch (FileWriteException e)
        {
            view.Say(
                $"warning: no checkpoint at step {done}: {e.Message} "
                    + $"{(File.Exists(folder.Checkpoint) ? "The one before is kept, training" : "Training")} goes on; make room in "
                    + $"{folder.Path}"
            );
        }
    }

    private void Save(long done)
    {
        try
        {
            state.Save(folder.Checkpoint, done, plan.Fingerprint);
        }
        catch (FileWriteException e)
        {
            string next = File.Exists(folder.Checkpoint)
                ? "The one before is kept: make room and go on from it with --resume"
                : "Make room and start again";
            throw new IOException($"the checkpoint of step {done} cannot be written: {e.Message} {next}", e);
        }
    }

    private void Stop(long done)
    {
        Save(done);
        view.Say($"stopped after step {done}; go on with --resume");
        throw new OperationCanceledException();
    }
}
