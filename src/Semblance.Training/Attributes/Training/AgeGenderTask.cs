using Semblance.Training.Attributes.Data;
using static TorchSharp.torch;

namespace Semblance.Training.Attributes.Training;

/// <summary>
/// Apparent age as a distribution over whole years (DLDL-v2; Gao et al., IJCAI 2018: cross-entropy to a Gaussian around the label plus the
/// distance of the mean, here bounded as the labels have outliers), and perceived gender as one logit (positive: male).
/// </summary>
internal sealed class AgeGenderTask : IAttributeTask
{
    /// <summary>Years 0 to 100; older people count as 100.</summary>
    public const int Years = 101;

    private readonly IReadOnlyList<PersonSample> _train;
    private readonly IReadOnlyList<PersonSample> _validation;
    private readonly AgeGenderTaskOptions _options;
    private readonly Dictionary<(int AgeGroup, int Gender), int[]> _cells;
    private readonly Tensor _years = arange(Years, float32).DetachFromDisposeScope();

    public AgeGenderTask(IReadOnlyList<PersonSample> train, IReadOnlyList<PersonSample> validation, AgeGenderTaskOptions options)
    {
        (_train, _validation, _options) = (train, validation, options);
        _cells = Enumerable
            .Range(0, train.Count)
            .GroupBy(i => (train[i].AgeGroup, train[i].Gender))
            .ToDictionary(g => g.Key, g => g.ToArray());
        if (validation.Count == 0)
            throw new TrainingException("the validation part has no faces");
        for (int gender = 0; gender < 2; gender++)
            if (train.All(sample => sample.Gender != gender))
                throw new TrainingException($"the training part has no face labelled '{UtkFaceArchive.Genders[gender]}'");
        ValidationCrops = [.. validation.Select(sample => sample.Crop)];
    }

    public string Description => $"{_train.Count} faces of UTKFace";

    public int Outputs => Years + 1;

    public IReadOnlyList<FaceCrop> ValidationCrops { get; }

    public int SampleCount => _train.Count;

    public FaceCrop Crop(int sample) => _train[sample].Crop;

    /// <summary>Draws cells of age group and gender more evenly than they come, then people inside them.</summary>
    public int[] DrawEpoch(Random random)
    {
        var cells = _cells.OrderBy(cell => cell.Key).Select(cell => cell.Value).ToArray();
        double[] weights = [.. cells.Select(cell => Math.Pow(cell.Length, _options.CellExponent))];
        double sum = weights.Sum();
        List<int> drawn = [];
        for (int c = 0; c < cells.Length; c++)
        {
            int wanted = (int)Math.Round(weights[c] / sum * _train.Count);
            for (; wanted >= cells[c].Length; wanted -= cells[c].Length)
                drawn.AddRange(cells[c]);
            int[] rest = [.. cells[c]];
            random.Shuffle(rest);
            drawn.AddRange(rest[..wanted]);
        }
        int[] order = [.. drawn];
        random.Shuffle(order);
        return order;
    }

    public Tensor Loss(Tensor outputs, ReadOnlySpan<int> samples)
    {
        int n = samples.Length;
        float[] distributions = new float[n * Years],
            ages = new float[n],
            genders = new float[n],
            genderWeights = new float[n];
        for (int i = 0; i < n; i++)
        {
            PersonSample sample = _train[samples[i]];
            ages[i] = Math.Min(sample.Age, Years - 1);
            genders[i] = (float)(sample.Gender * (1 - _options.GenderSmoothing) + _options.GenderSmoothing / 2);
            genderWeights[i] = sample.Age < 3 ? 0.6f : 1;
            Gaussian(distributions.AsSpan(i * Years, Years), ages[i], _options.Spread + _options.SpreadPerYear * ages[i]);
        }
        Tensor logs = nn.functional.log_softmax(outputs.narrow(1, 0, Years), 1),
            mean = (logs.exp() * _years).sum(1);
        Tensor distribution = -(tensor(distributions, [n, Years]) * logs).sum() / n;
        Tensor distance = nn.functional.huber_loss(mean, tensor(ages), delta: _options.Outlier) / _options.Outlier;
        Tensor gender = nn.functional.binary_cross_entropy_with_logits(outputs.select(1, Years), tensor(genders), tensor(genderWeights));
        return distribution + _options.DistanceWeight * distance + _options.GenderWeight * gender;
    }

    public IReadOnlyDictionary<string, double> Judge(float[] outputs)
    {
        double error = 0;
        int right = 0,
            adults = 0,
            adultsRight = 0;
        int[] adultsOf = new int[2],
            adultsRightOf = new int[2];
        for (int i = 0; i < _validation.Count; i++)
        {
            PersonSample sample = _validation[i];
            ReadOnlySpan<float> row = outputs.AsSpan(i * Outputs, Outputs);
            error += Math.Abs(Mean(row[..Years]) - sample.Age);
            bool correct = (row[Years] > 0 ? 1 : 0) == sample.Gender;
            if (correct)
                right++;
            if (sample.Age < 18)
                continue;
            adults++;
            adultsOf[sample.Gender]++;
            if (!correct)
                continue;
            adultsRight++;
            adultsRightOf[sample.Gender]++;
        }
        double mae = error / _validation.Count;
        return new Dictionary<string, double>
        {
            ["score"] = -mae + 20.0 * right / _validation.Count,
            ["mae"] = mae,
            ["gender"] = (double)right / _validation.Count,
            ["genderAdults"] = (double)adultsRight / adults,
            ["recallWomen"] = (double)adultsRightOf[0] / adultsOf[0],
            ["recallMen"] = (double)adultsRightOf[1] / adultsOf[1],
        };
    }

    /// <summary>The mean of the softmax over years.</summary>
    public static double Mean(ReadOnlySpan<float> logits)
    {
        float highest = System.Numerics.Tensors.TensorPrimitives.Max(logits);
        double sum = 0,
            mean = 0;
        for (int year = 0; year < logits.Length; year++)
        {
            double p = Math.Exp(logits[year] - highest);
            sum += p;
            mean += p * year;
        }
        return mean / sum;
    }

    private static void Gaussian(Span<float> row, double centre, double spread)
    {
        double sum = 0;
        for (int year = 0; year < row.Length; year++)
        {
            double z = (year - centre) / spread;
            row[year] = (float)Math.Exp(-0.5 * z * z);
            sum += row[year];
        }
        foreach (ref float value in row)
            value /= (float)sum;
    }
}
