using Semblance.Models.Importing;

namespace Semblance.Tests.Models.Importing;

public sealed class LicenseTermsTests
{
    [Theory]
    [InlineData("MIT", true)]
    [InlineData("apache-2.0", true)]
    [InlineData("CC-BY-4.0", true)]
    [InlineData("CC-BY-NC-4.0", false)]
    [InlineData("InsightFace models: non-commercial research only", false)]
    [InlineData("MIT (code); weights not stated", null)]
    [InlineData("not stated", null)]
    [InlineData("our own", null)]
    public void Commercial_use_is_told_only_where_the_licence_says_so(string license, bool? expected) =>
        Assert.Equal(expected, LicenseTerms.PermitCommercialUse(license));
}
