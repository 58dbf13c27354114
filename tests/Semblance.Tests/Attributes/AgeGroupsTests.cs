using Semblance.Attributes;
using Semblance.Models;

namespace Semblance.Tests.Attributes;

public sealed class AgeGroupsTests
{
    [Fact]
    public void A_groups_mass_is_spread_evenly_over_its_years()
    {
        float[] years = new AgeGroups("test", ["0-1", "2-5", "6+"]).Spread([0.5f, 0.4f, 0.1f]);
        Assert.Equal(100, years.Length);
        Assert.Equal(0.25f, years[1], 1e-6f);
        Assert.Equal(0.1f, years[2], 1e-6f);
        Assert.Equal(1, years.Sum(), 1e-4f);
    }

    [Theory]
    [InlineData("old")]
    [InlineData("9-3")]
    [InlineData("1-2-3")]
    [InlineData("0-999")]
    public void A_label_that_is_no_group_is_refused(string label) =>
        Assert.Contains(label, Assert.Throws<ModelException>(() => new AgeGroups("test", [label])).Message);
}
