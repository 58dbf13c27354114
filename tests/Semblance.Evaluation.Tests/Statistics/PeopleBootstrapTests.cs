using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Tests.Statistics;

public sealed class PeopleBootstrapTests
{
    [Fact]
    public void Draws_hold_as_many_people_as_the_set() =>
        Assert.All(PeopleBootstrap.Draw(people: 40, draws: 50, seed: 1), times => Assert.Equal(40, times.Sum()));

    [Fact]
    public void Draws_repeat_with_the_seed_and_differ_with_another()
    {
        Assert.Equal(PeopleBootstrap.Draw(20, 5, seed: 7), PeopleBootstrap.Draw(20, 5, seed: 7));
        Assert.NotEqual(PeopleBootstrap.Draw(20, 5, seed: 7), PeopleBootstrap.Draw(20, 5, seed: 8));
    }

    [Fact]
    public void Draws_leave_out_each_person_with_the_chance_of_sampling_with_replacement()
    {
        const int People = 100,
            Draws = 1_000;
        double absent = PeopleBootstrap.Draw(People, Draws, seed: 3).Average(times => times.Count(t => t == 0) / (double)People);
        Assert.Equal(Math.Pow(1 - 1.0 / People, People), absent, 0.005);
    }

    [Fact]
    public void Draws_always_hold_two_different_people() =>
        Assert.All(PeopleBootstrap.Draw(people: 2, draws: 200, seed: 1), times => Assert.Equal([1, 1], times));

    [Fact]
    public void Interval_takes_the_middle_of_the_values()
    {
        (double low, double high) = PeopleBootstrap.Interval(Enumerable.Range(0, 201).Select(i => (double)i).Reverse());
        Assert.Equal((5, 195), (low, high));
    }
}
