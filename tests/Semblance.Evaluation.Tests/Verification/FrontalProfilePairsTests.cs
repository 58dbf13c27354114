using Semblance.Evaluation.Verification;

namespace Semblance.Evaluation.Tests.Verification;

public sealed class FrontalProfilePairsTests
{
    private static readonly string[] Images =
    [
        "1/frontal/a.jpg",
        "1/frontal/b.jpg",
        "1/profile/a.jpg",
        "2/frontal/a.jpg",
        "2/profile/a.jpg",
    ];

    [Fact]
    public void Pairs_are_of_a_frontal_and_a_profile_picture_and_as_many_of_one_person_as_of_two()
    {
        IReadOnlyList<LabelledPair> pairs = FrontalProfilePairs.Draw(Images, 5, seed: 1);
        Assert.Equal((10, 10), (pairs.Count(pair => pair.Same), pairs.Count(pair => !pair.Same)));
        Assert.All(pairs, pair =>
        {
            Assert.Equal(("frontal", "profile"), (FrontalProfilePairs.PoseOf(pair.ImageA), FrontalProfilePairs.PoseOf(pair.ImageB)));
            Assert.Equal(pair.Same, pair.ImageA[0] == pair.ImageB[0]);
        });
        Assert.Equal(pairs, FrontalProfilePairs.Draw(Images, 5, seed: 1));
    }

    [Fact]
    public void A_person_without_a_profile_or_without_a_stranger_is_an_error()
    {
        Assert.Contains("2 has no profile", Assert.Throws<EvaluationException>(() => FrontalProfilePairs.Draw(Images[..4], 5, 1)).Message);
        Assert.Contains("two people", Assert.Throws<EvaluationException>(() => FrontalProfilePairs.Draw(Images[..3], 5, 1)).Message);
        Assert.Contains("side/a.jpg", Assert.Throws<EvaluationException>(() => FrontalProfilePairs.PoseOf("1/side/a.jpg")).Message);
    }
}
