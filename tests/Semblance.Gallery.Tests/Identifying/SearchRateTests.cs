using Semblance.Gallery.Identifying;

namespace Semblance.Gallery.Tests.Identifying;

public sealed class SearchRateTests
{
    [Theory]
    [InlineData(1e-2, 1, 1e-2)]
    [InlineData(1e-2, 1000, 1.0050285e-5)]
    [InlineData(0.5, 2, 0.2928932188)]
    [InlineData(1e-9, 1_000_000, 1e-15)]
    public void Rate_of_a_comparison_follows_from_that_of_a_search_and_back(double fpir, long comparisons, double fmr)
    {
        Assert.Equal(fmr, SearchRate.FalseMatchRateOf(fpir, comparisons), fmr * 1e-6);
        Assert.Equal(
            fpir,
            SearchRate.FalsePositiveIdentificationRateOf(SearchRate.FalseMatchRateOf(fpir, comparisons), comparisons),
            fpir * 1e-9
        );
    }
}
