using Semblance.Training.Detectors.Losses;
using Semblance.Training.Detectors.Networks;
using Semblance.Training.Detectors.Pictures;
using Semblance.Training.Trainer;
using TorchSharp;
using static TorchSharp.torch;

namespace Semblance.Training.Detectors;

/// <summary>The loss of one batch: that of the labels, and the distance from a teacher that sees the same scenes.</summary>
internal sealed class DetectorObjective(
    DetectorOptions options,
    RetinaFaceNetwork network,
    RetinaFaceNetwork? teacher,
    SceneSampler sampler
) : IAsyncDisposable
{
    private const int BatchesAhead = 3;
    private const double BoxWeight = 2,
        Smoothing = 0.02;

    private readonly Ahead<Batch> _batches = new(step => Make(step, options, teacher, sampler), BatchesAhead);

    private TeacherLoss? _teacherLoss;

    /// <summary>Running means of the parts of the loss, by name.</summary>
    public Dictionary<string, double> Parts { get; } = [];

    /// <summary>Waits for a batch and gives what computes its loss.</summary>
    public async Task<Func<Tensor>> NextAsync(long number)
    {
        if (teacher is not null && _teacherLoss is null)
        {
            // Of the first batch, also where a run goes on: so its losses stay the same.
            using Batch first = Make(0, options, teacher, sampler);
            _teacherLoss = TeacherLoss.MeasuredOn(first.Shown!);
        }
        Batch batch = await _batches.At(number).ConfigureAwait(false);
        return () => Loss(batch);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _batches.DisposeAsync();

    /// <summary>Makes a batch and shows it to the teacher; called on other threads, each of which has one thread of libtorch.</summary>
    private static Batch Make(long step, DetectorOptions options, RetinaFaceNetwork? teacher, SceneSampler sampler)
    {
        DetectorSample[] samples = [.. Enumerable.Range(0, options.Batch).Select(i => sampler.Make(step * options.Batch + i))];
        set_num_threads(1);
        using var scope = NewDisposeScope();
        using var none = no_grad();
        int side = options.Scenes.Side;
        Tensor input = InputOf(samples, side).DetachFromDisposeScope();
        RetinaFaceMaps? shown = teacher?.forward(input);
        foreach (Tensor map in shown?.All ?? [])
            map.DetachFromDisposeScope();
        return new(input, [.. samples.Select(sample => sample.Targets)], shown);
    }

    private static Tensor InputOf(DetectorSample[] samples, int side)
    {
        float[] values = new float[samples.Length * 3 * side * side];
        for (int i = 0; i < samples.Length; i++)
            samples[i].Values.CopyTo(values, i * 3 * side * side);
        return tensor(values, [samples.Length, side, side, 3]).permute(0, 3, 1, 2);
    }

    private Tensor Loss(Batch batch)
    {
        using Batch used = batch;
        RetinaFaceMaps maps = network.Forward(batch.Input, options.Learning == DetectorLearning.Blocks ? batch.Shown!.Features : null);
        Tensor total = zeros(1);
        long[] labelled = [.. Enumerable.Range(0, batch.Targets.Length).Where(i => batch.Targets[i] is not null).Select(i => (long)i)];
        if (labelled.Length > 0)
        {
            Tensor rows = tensor(labelled);
            RetinaFaceMaps part = new(
                maps.Boxes.index_select(0, rows),
                maps.Logits.index_select(0, rows),
                maps.Landmarks.index_select(0, rows),
                []
            );
            DetectionLosses losses = MultiBoxLoss.Of(part, BatchTargets.Of([.. labelled.Select(i => batch.Targets[i]!)]));
            Note("label.scores", losses.Scores);
            Note("label.boxes", losses.Boxes);
            total = total + (BoxWeight * losses.Boxes + losses.Scores + losses.Landmarks) * (batch.Shown is null ? 1 : options.LabelWeight);
        }
        if (batch.Shown is { } shown)
        {
            TeacherLosses distance = _teacherLoss!.Of(maps, shown);
            Note("teacher.scores", distance.Scores);
            Note("teacher.boxes", distance.Boxes);
            Note("teacher.landmarks", distance.Landmarks);
            Note("teacher.features", distance.Features);
            total = total + distance.Scores + BoxWeight * distance.Boxes + distance.Landmarks + options.FeatureWeight * distance.Features;
        }
        return total.sum();
    }

    private void Note(string name, Tensor value)
    {
        double number = value.ToDouble();
        Parts[name] = Parts.TryGetValue(name, out double mean) ? mean + Smoothing * (number - mean) : number;
    }

    /// <summary>One batch.</summary>
    /// <param name="Input">[N, 3, side, side].</param>
    /// <param name="Targets">By scene; null where nobody labelled it.</param>
    /// <param name="Shown">What the teacher gives; null without one.</param>
    private sealed record Batch(Tensor Input, PriorTargets?[] Targets, RetinaFaceMaps? Shown) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose()
        {
            Input.Dispose();
            foreach (Tensor map in Shown?.All ?? [])
                map.Dispose();
        }
    }
}
