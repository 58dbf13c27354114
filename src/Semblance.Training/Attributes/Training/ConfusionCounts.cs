namespace Semblance.Training.Attributes.Training;

/// <summary>Counts of truth against answer.</summary>
internal sealed class ConfusionCounts(int classes)
{
    private readonly int[,] _counts = new int[classes, classes];

    /// <summary>Adds one answer.</summary>
    public void Add(int truth, int answer) => _counts[truth, answer]++;

    /// <summary>Share of right answers.</summary>
    public double Accuracy => (double)Enumerable.Range(0, classes).Sum(c => _counts[c, c]) / _counts.Cast<int>().Sum();

    /// <summary>Mean of the classes' recalls; classes without samples do not count.</summary>
    public double MeanRecall => Enumerable.Range(0, classes).Where(c => Of(c) > 0).Average(c => (double)_counts[c, c] / Of(c));

    /// <summary>Mean of the classes' F1; classes without samples do not count.</summary>
    public double MacroF1 => Enumerable.Range(0, classes).Where(c => Of(c) > 0).Average(c => 2.0 * _counts[c, c] / (Of(c) + Answered(c)));

    private int Of(int truth) => Enumerable.Range(0, classes).Sum(answer => _counts[truth, answer]);

    private int Answered(int answer) => Enumerable.Range(0, classes).Sum(truth => _counts[truth, answer]);
}
