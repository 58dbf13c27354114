using Semblance.Attributes;
using Semblance.Evaluation.Attributes;
using Semblance.Models;
using Semblance.Training.Attributes.Data;
using Semblance.Training.Attributes.Training;

namespace Semblance.Training.Attributes.Export;

/// <summary>The expression heads on the validation set: temperatures and figures.</summary>
internal sealed class EmotionValidation(IReadOnlyList<EmotionSample> fer, IReadOnlyList<EmotionSample> raf, float[] plain, float[] mirrored)
{
    private static readonly int Classes = EmotionNames.All.Count,
        Width = EmotionTask.Heads.Count * Classes;

    /// <summary>The temperature with the lowest cross-entropy on a head's own labels.</summary>
    /// <param name="head">Index in <see cref="EmotionTask.Heads"/>.</param>
    public double FitTemperature(int head) => FitTemperature(head, Labelled(head));

    /// <summary>Figures by name, from probabilities at the temperatures.</summary>
    public Dictionary<string, double> Measure(double[] temperatures, ExpressionChoice choice)
    {
        Dictionary<string, double> measured = [];
        string[] names = ["ferOriginal", "ferPlusMajority", "rafValidation"];
        for (int head = 0; head < names.Length; head++)
        {
            int h = head;
            Add(measured, names[head], Report(Labelled(head), i => Probabilities(i, h, temperatures[h])));
            // Every face at the temperature of the half that it is not in: the figure above has seen its own labels.
            (int Row, int Label)[] labelled = Labelled(head);
            double[] halves = [.. Enumerable.Range(0, 2).Select(half => FitTemperature(h, [.. labelled.Where((_, i) => i % 2 != half)]))];
            Dictionary<int, double> unseen = labelled
                .Select((row, i) => (row.Row, Temperature: halves[i % 2]))
                .ToDictionary(row => row.Row, row => row.Temperature);
            EmotionReport crossed = Report(labelled, i => Probabilities(i, h, unseen[i]));
            measured[names[head] + " ece"] = Round(crossed.Ece);
            measured[names[head] + " ece of perfect calibration"] = Round(crossed.EceByChance);
            if (head > 0)
                Add(measured, names[head] + " by default", Report(labelled, i => Default(i, temperatures, choice)));
        }
        return measured;
    }

    private static void Add(Dictionary<string, double> measured, string name, EmotionReport report)
    {
        measured[name + " accuracy"] = Round(report.Accuracy);
        measured[name + " mean class accuracy"] = Round(report.MeanClassAccuracy);
        measured[name + " macro F1"] = Round(report.MacroF1);
        measured[name + " ece"] = Round(report.Ece);
    }

    private static double Round(double value) => Math.Round(value, 4);

    /// <summary>Rows with the label that a head answers for.</summary>
    private (int Row, int Label)[] Labelled(int head) =>
        head switch
        {
            0 => [.. fer.Select((sample, i) => (i, sample.Emotion))],
            1 => [.. fer.Select((sample, i) => (i, sample.MajorityOfVotes)).Where(row => row.MajorityOfVotes >= 0)],
            _ => [.. raf.Select((sample, i) => (fer.Count + i, sample.Emotion))],
        };

    private double FitTemperature(int head, (int Row, int Label)[] labelled) =>
        Temperature.Minimize(t => labelled.Sum(row => -Math.Log(Math.Max(1e-9, Probabilities(row.Row, head, t)[row.Label]))));

    private float[] Probabilities(int row, int head, double temperature)
    {
        int at = row * Width + head * Classes;
        return Temperature.Probabilities(plain.AsSpan(at, Classes), mirrored.AsSpan(at, Classes), temperature);
    }

    /// <summary>FER-2013's pictures are small and grey; RAF-DB's are not small.</summary>
    private float[] Default(int row, double[] temperatures, ExpressionChoice choice)
    {
        float[] sum = new float[Classes];
        foreach ((string set, double share) in row < fer.Count ? choice.SmallGrey : choice.Other)
        {
            int head = EmotionTask.Heads.ToList().IndexOf(set);
            float[] part = Probabilities(row, head, temperatures[head]);
            for (int c = 0; c < Classes; c++)
                sum[c] += (float)share * part[c];
        }
        return sum;
    }

    private static EmotionReport Report((int Row, int Label)[] labelled, Func<int, float[]> probabilities) =>
        AttributeProtocol.Emotion([
            .. labelled.Select(row =>
            {
                float[] p = probabilities(row.Row);
                string answer = EmotionNames.All[Array.IndexOf(p, p.Max())];
                EmotionEstimate estimate = new(
                    answer,
                    EmotionNames.All.Select((name, c) => (name, c)).ToDictionary(x => x.name, x => (double)p[x.c])
                );
                return (new LabelledFace("", null, null, EmotionNames.All[row.Label], null), AttributeEstimate.Of(estimate));
            }),
        ]);
}
