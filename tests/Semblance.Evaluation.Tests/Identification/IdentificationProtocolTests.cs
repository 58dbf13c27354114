using Semblance.Evaluation.Identification;

namespace Semblance.Evaluation.Tests.Identification;

public sealed class IdentificationProtocolTests
{
    [Fact]
    public void Ranks_and_open_set_rates_are_those_counted_by_hand()
    {
        IdentificationReport report = IdentificationProtocol.Evaluate(
            3,
            [
                new("a", 0, [0.9f, 0.1f, 0.2f]),
                new("b", 1, [0.5f, 0.4f, 0.1f]),
                new("c", 2, [0.1f, 0.2f, 0.3f]),
                new("d", 2, []),
                .. Enumerable.Range(0, 10).Select(i => new IdentificationProbe($"s{i}", -1, [0.05f * i, 0, 0])),
            ],
            (0.42, 0.2)
        );
        Assert.Equal((3, 4, 10, 1), (report.Enrolled, report.MatedProbes, report.NonMatedProbes, report.Missed));
        Assert.Equal([0.5, 0.75, 0.75], report.Cmc);
        // One of ten strangers may pass: the threshold lies above .40. Only a is found; b is behind somebody else, c too low, d missed.
        OpenSetRate rate = Assert.Single(report.Rates);
        Assert.Equal(1e-1, rate.AskedFpir);
        Assert.Equal((1, 10), (rate.Fpir.Events, rate.Fpir.Trials));
        Assert.Equal((3, 4), (rate.Fnir.Events, rate.Fnir.Trials));
        Assert.Equal(0.25, rate.Dir, 9);
        Assert.Equal(1, rate.WrongNames.Events);
        Assert.False(rate.Supported);
        // Set beforehand for 0.2: .45 alone passes.
        Assert.Equal((1, 3), (report.AtThreshold!.Fpir.Events, report.AtThreshold.Fnir.Events));
    }

    [Fact]
    public void Equal_scores_stand_before_the_right_one() =>
        Assert.Equal([0, 1], IdentificationProtocol.Evaluate(2, [new("a", 0, [0.5f, 0.5f])]).Cmc);

    [Fact]
    public void Without_strangers_there_are_ranks_alone()
    {
        IdentificationReport report = IdentificationProtocol.Evaluate(1, [new("a", 0, [0.5f])]);
        Assert.Equal([1], report.Cmc);
        Assert.Empty(report.Rates);
    }

    [Fact]
    public void Probe_of_another_gallery_is_refused() =>
        Assert.Contains(
            "a does not fit",
            Assert.Throws<EvaluationException>(() => IdentificationProtocol.Evaluate(2, [new("a", 0, [1])])).Message
        );
}
