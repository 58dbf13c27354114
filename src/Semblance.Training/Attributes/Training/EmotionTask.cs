using Semblance.Training.Attributes.Data;
using static TorchSharp.torch;

namespace Semblance.Training.Attributes.Training;

/// <summary>
/// Three heads on one trunk, since the label sets contradict each other: FER-2013's original labels, the votes of FER+, and RAF-DB. A FER picture teaches the
/// first two, a RAF picture the third.
/// </summary>
internal sealed class EmotionTask(
    IReadOnlyList<EmotionSample> fer, IReadOnlyList<EmotionSample> raf, IReadOnlyList<EmotionSample> ferValidation, IReadOnlyList<EmotionSample> rafValidation,
    EmotionTaskOptions options) : IAttributeTask
{
    /// <summary>The heads in the order of the outputs.</summary>
    public static IReadOnlyList<string> Heads { get; } = ["fer2013", "ferplus", "rafdb"];

    private static readonly int Classes = EmotionNames.All.Count;
    private readonly int[][] _rafByClass = [.. Enumerable.Range(0, 7).Select(c => Enumerable.Range(0, raf.Count).Where(i => raf[i].Emotion == c).ToArray())];

    public string Name => "emotion";

    public int Outputs => Heads.Count * Classes;

    public IReadOnlyList<FaceCrop> ValidationCrops { get; } = [.. ferValidation.Concat(rafValidation).Select(sample => sample.Crop)];

    /// <summary>The same task with other settings.</summary>
    public EmotionTask With(EmotionTaskOptions other) => new(fer, raf, ferValidation, rafValidation, other);

    public int SampleCount => fer.Count + raf.Count;

    public FaceCrop Crop(int sample) => SampleAt(sample).Crop;

    /// <summary>Every FER picture once and RAF pictures, evenly over the classes, as often as the options say.</summary>
    public int[] DrawEpoch(Random random)
    {
        List<int> drawn = [.. Enumerable.Range(0, fer.Count)];
        int wanted = (int)(raf.Count * options.RafRepeats);
        for (int i = 0; i < wanted; i++)
        {
            // Half by class, half as they come: rare classes are seen more often, but not seventy times.
            int[] pool = _rafByClass[random.Next(Classes)];
            drawn.Add(fer.Count + (random.Next(2) == 0 ? pool[random.Next(pool.Length)] : random.Next(raf.Count)));
        }
        int[] order = [.. drawn];
        random.Shuffle(order);
        return order;
    }

    public Tensor Loss(Tensor outputs, ReadOnlySpan<int> samples)
    {
        int n = samples.Length, width = Outputs;
        float[] targets = new float[n * width];
        for (int i = 0; i < n; i++)
        {
            EmotionSample sample = SampleAt(samples[i]);
            Span<float> row = targets.AsSpan(i * width, width);
            if (samples[i] >= fer.Count)
            {
                Smooth(row.Slice(2 * Classes, Classes), sample.Emotion);
                continue;
            }
            Smooth(row[..Classes], sample.Emotion);
            float[] counted = sample.Votes!;
            float votes = counted.Sum();
            // The weight of a picture is the share of people who saw one of the seven in it; one vote of ten may be a slip.
            for (int c = 0; c < Classes; c++) row[Classes + c] = counted[c] > 1 || votes < 3 ? counted[c] : 0;
            Normalize(row.Slice(Classes, Classes), votes / Math.Max(1, sample.AllVotes));
        }
        using Tensor target = tensor(targets, [n, Heads.Count, Classes]);
        Tensor logs = nn.functional.log_softmax(outputs.reshape(n, Heads.Count, Classes), 2);
        return -(target * logs).sum() / n;
    }

    public IReadOnlyDictionary<string, double> Judge(float[] outputs)
    {
        int width = Outputs;
        ConfusionCounts original = new(Classes), majority = new(Classes), colour = new(Classes);
        for (int i = 0; i < ferValidation.Count; i++)
        {
            original.Add(ferValidation[i].Emotion, Best(outputs.AsSpan(i * width, Classes)));
            if (ferValidation[i].MajorityOfVotes is >= 0 and int voted) majority.Add(voted, Best(outputs.AsSpan(i * width + Classes, Classes)));
        }
        for (int i = 0; i < rafValidation.Count; i++)
            colour.Add(rafValidation[i].Emotion, Best(outputs.AsSpan((ferValidation.Count + i) * width + 2 * Classes, Classes)));
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

    private EmotionSample SampleAt(int sample) => sample < fer.Count ? fer[sample] : raf[sample - fer.Count];

    private void Smooth(Span<float> row, int label)
    {
        row.Fill((float)(options.Smoothing / Classes));
        row[label] += (float)(1 - options.Smoothing);
    }

    private static void Normalize(Span<float> row, float weight)
    {
        float sum = 0;
        foreach (float value in row) sum += value;
        if (sum == 0) return;
        foreach (ref float value in row) value *= weight / sum;
    }

    private static int Best(ReadOnlySpan<float> row) => System.Numerics.Tensors.TensorPrimitives.IndexOfMax(row);
}
