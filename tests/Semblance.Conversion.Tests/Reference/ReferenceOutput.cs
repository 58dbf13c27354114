using System.Text.Json;

namespace Semblance.Conversion.Tests.Reference;

/// <summary>An output of an official network, whole or in samples, and how near another implementation must come.</summary>
internal sealed record ReferenceOutput(
    string Name,
    long[] Shape,
    double Tolerance,
    IReadOnlyList<(int Index, double Value)> Samples,
    double Sum
)
{
    public int Count => (int)Shape.Aggregate(1L, (product, size) => product * size);

    public static ReferenceOutput Read(JsonElement output)
    {
        double tolerance = Math.Max(
            20 * output.GetProperty("float32_max_abs_diff").GetDouble(),
            1e-5 * (1 + output.GetProperty("std").GetDouble())
        );
        List<(int, double)> samples = [];
        if (output.TryGetProperty("values", out JsonElement values))
            samples.AddRange(Numbers(values, 1));
        else
        {
            samples.AddRange(Numbers(output.GetProperty("first"), 1));
            samples.AddRange(Numbers(output.GetProperty("strided"), output.GetProperty("stride").GetInt32()));
        }
        long[] shape = [.. output.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        return new(output.GetProperty("name").GetString()!, shape, tolerance, samples, output.GetProperty("sum").GetDouble());
    }

    public void AssertNear(ReadOnlySpan<float> actual)
    {
        Assert.Equal(Count, actual.Length);
        double worst = 0;
        int at = -1;
        foreach ((int index, double value) in Samples)
        {
            double difference = Math.Abs(actual[index] - value);
            if (double.IsNaN(difference) || difference > worst)
                (worst, at) = (difference, index);
        }
        Assert.True(worst <= Tolerance, $"{Name}[{at}] differs by {worst:g3}, {Tolerance:g3} is allowed");
        double sum = 0;
        foreach (float value in actual)
            sum += value;
        Assert.Equal(Sum, sum, Tolerance * actual.Length);
    }

    private static IEnumerable<(int, double)> Numbers(JsonElement list, int stride) =>
        list.EnumerateArray().Select((value, i) => (i * stride, value.GetDouble()));
}
