using Semblance.Evaluation.Parts;

namespace Semblance.Evaluation.Tests.Parts;

public sealed class PeopleOfPairsTests
{
    [Fact]
    public void Pictures_that_pairs_hold_together_are_of_one_person()
    {
        string[] people = PeopleOfPairs.Of(
            ["a", "b", "c", "d"],
            [new("a", "b", Same: true), new("b", "c", Same: true), new("c", "d", Same: false), new("d", "gone", Same: true)]
        );
        Assert.Equal(2, people.Distinct().Count());
        Assert.Equal(people[0], people[2]);
        Assert.NotEqual(people[0], people[3]);
    }
}
