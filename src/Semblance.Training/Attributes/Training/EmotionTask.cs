using System.Globalization;
using Semblance.Training.Attributes.Data;
using static TorchSharp.torch;

namespace Semblance.Training.Attributes.Training;

/// <summary>
/// Three heads on one trunk, since the label sets contradict each other: FER-2013's original labels, the votes of FER+, and RAF-DB. A FER
/// picture teaches the first two, a RAF picture the third.
/// </summary>
internal sealed class EmotionTask : IAttributeTask
{
    private static readonly int Classes = EmotionNames.All.Count;

    private readonly IReadOnlyList<EmotionSample> _fer,
        _raf,
        _ferValidation,
        _rafValidation;
    private readonly EmotionTaskOptions _options;
    private readonly int[][] _rafByClass;

    /// <exception cref="TrainingException">A set has no pictures of an expression.</exception>
    public EmotionTask(
        IReadOnlyList<EmotionSample> fer,
        IReadOnlyList<EmotionSample> raf,
        IReadOnlyList<EmotionSample> ferValidation,
        IReadOnlyList<EmotionSample> rafValidation,
        EmotionTaskOptions options
    )
    {
        (_fer, _raf, _ferValidation, _rafValidation, _options) = (fer, raf, ferValidation, rafValidation, options);
        RequireAll(fer, "FER-2013's training part");
        RequireAll(raf, "RAF-DB's training part");
        RequireAll(ferValidation, "FER-2013's validation part");
        RequireAll(rafValidation, "RAF-DB's validation part");
        _rafByClass =
        [
            .. Enumerable.Range(0, Classes).Select(c => Enumerable.Range(0, raf.Count).Where(i => raf[i].Emotion == c).ToArray()),
        ];
        ValidationCrops = [.. ferValidation.Concat(rafValidation).Select(sample => sample.Crop)];
    }

    /// <summary>The heads in the order of the outputs.</summary>
    public static IReadOnlyList<string> Heads { get; } = ["fer2013", "ferplus", "rafdb"];

    public string Description =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{_fer.Count} pictures of FER-2013 x {_options.FerShare} (evenness {_options.FerEvenness}) and {_raf.Count} of "
                + $"RAF-DB x {_options.RafRepeats} an epoch"
        );

    public int Outputs => Heads.Count * Classes;

    public IReadOnlyList<FaceCrop> ValidationCrops { get; }

    /// <summary>The same task with other settings.</summary>
    public EmotionTask With(EmotionTaskOptions other) => new(_fer, _raf, _ferValidation, _rafValidation, other);

    public int SampleCount => _fer.Count + _raf.Count;

    public FaceCrop Crop(int sample) => SampleAt(sample).Crop;

    /// <summary>FER pictures and RAF pictures, as often and as evenly over the classes as the options say.</summary>
    public int[] DrawEpoch(Random random)
    {
        List<int> drawn = [.. DrawFer(random)];
        int wanted = (int)(_raf.Count * _options.RafRepeats);
        for (int i = 0; i < wanted; i++)
        {
            // Half by class, half as they come: rare classes are seen more often, but not seventy times.
            int[] pool = _rafByClass[random.Next(Classes)];
            drawn.Add(_fer.Count + (random.Next(2) == 0 ? pool[random.Next(pool.Length)] : random.Next(_raf.Count)));
        }
        int[] order = [.. drawn];
        random.Shuffle(order);
        return order;
    }

    public Tensor Loss(Tensor outputs, ReadOnlySpan<int> samples)
    {
        int n = samples.Length,
            width = Outputs;
        float[] targets = new float[n * width];
        for (int i = 0; i < n; i++)
        {
            EmotionSample sample = SampleAt(samples[i]);
            Span<float> row = targets.AsSpan(i * width, width);
            if (samples[i] >= _fer.Count)
            {
                Smooth(row.Slice(2 * Classes, Classes), sample.Emotion);
                continue;
            }
            Smooth(row[..Classes], sample.Emotion);
            float[] counted = sample.Votes!;
            float votes = counted.Sum();
            // The weight of a picture is the share of people who saw one of the seven in it; one vote of ten may be a slip.
            for (int c = 0; c < Classes; c++)
                row[Classes + c] = counted[c] > 1 || votes < 3 ? counted[c] : 0;
            Normalize(row.Slice(Classes, Classes), votes / Math.Max(1, sample.AllVotes));
        }
        using Tensor target = tensor(targets, [n, Heads.Count, Classes]);
        Tensor logs = nn.functional.log_softmax(outputs.reshape(n, Heads.Count, Classes), 2);
        return -(target * logs).sum() / n;
    }

    public IReadOnlyDictionary<string, double> Judge(float[] outputs)
    {
        int width = Outputs;
        ConfusionCounts original = new(Classes),
            majority = new(Classes),
            colour = new(Classes);
        for (int i = 0; i < _ferValidation.Count; i++)
        {
            original.Add(_ferValidation[i].Emotion, Best(outputs.AsSpan(i * width, Classes)));
            if (_ferValidation[i].MajorityOfVotes is >= 0 and int voted)
                majority.Add(voted, Best(outputs.AsSpan(i * width + Classes, Classes)));
        }
        for (int i = 0; i < _rafValidation.Count; i++)
            colour.Add(_rafValidation[i].Emotion, Best(outputs.AsSpan((_ferValidation.Count + i) * width + 2 * Classes, Classes)));
        return new Dictionary<string, double>
        {
            ["score"] = (original.Accuracy + original.MacroF1 + majority.Accuracy + colour.Accuracy + colour.MeanRecall) / 5,
            ["ferAccuracy"] = original.Accuracy,
            ["ferMacroF1"] = original.MacroF1,
            ["ferPlusAccuracy"] = majority.Accuracy,
            ["rafAccuracy"] = colour.Accuracy,
            ["rafMeanClass"] = colour.MeanRecall,
        };
    }

    private IEnumerable<int> DrawFer(Random random)
    {
        int[] fer = [.. Enumerable.Range(0, _fer.Count)];
        if (_options.FerShare < 1)
            random.Shuffle(fer);
        fer = fer[..(int)(_fer.Count * _options.FerShare)];
        if (_options.FerEvenness == 0)
            return fer;
        double[] times =
        [
            .. Enumerable
                .Range(0, Classes)
                .Select(c => Math.Pow((double)_fer.Count / Classes / _fer.Count(sample => sample.Emotion == c), _options.FerEvenness)),
        ];
        // 2.3 times is twice, and once more with a probability of 0.3.
        return fer.SelectMany(i => Enumerable.Repeat(i, (int)(times[_fer[i].Emotion] + random.NextDouble())));
    }

    private static void RequireAll(IReadOnlyList<EmotionSample> samples, string what)
    {
        int missing = Enumerable.Range(0, Classes).FirstOrDefault(c => samples.All(sample => sample.Emotion != c), -1);
        if (missing >= 0)
            throw new TrainingException($"{what} has no picture of '{EmotionNames.All[missing]}'");
    }

    private EmotionSample SampleAt(int sample) => sample < _fer.Count ? _fer[sample] : _raf[sample - _fer.Count];

    private void Smooth(Span<float> row, int label)
    {
        row.Fill((float)(_options.Smoothing / Classes));
        row[label] += (float)(1 - _options.Smoothing);
    }

    private static void Normalize(Span<float> row, float weight)
    {
        float sum = 0;
        foreach (float value in row)
            sum += value;
        if (sum == 0)
            return;
        foreach (ref float value in row)
            value *= weight / sum;
    }

    private static int Best(ReadOnlySpan<float> row) => System.Numerics.Tensors.TensorPrimitives.IndexOfMax(row);
}
