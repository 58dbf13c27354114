namespace Semblance.Server.Tests.Hosting;

public sealed class ServiceOptionsTests
{
    [Fact]
    public void All_problems_are_named_at_once()
    {
        ServiceOptions options = new()
        {
            Listen = ["nowhere", "0.0.0.0:8080"],
            Stores = [new("a b", "sqlite:x.db"), new("twice", "sqlite:y.db"), new("twice", "sqlite:z.db")],
            Workers = 0,
            FalseMatchRate = 2,
            Disabled = ["smiles"],
            Limits = new() { Parts = 0, PixelsTogether = 1 },
            RequestsPerMinute = 0,
            Webhooks = [new() { Url = new("ftp://example.org"), Secret = "short" }],
        };
        string all = string.Join("\n", options.FindProblems());
        foreach (
            string part in new[]
            {
                "'nowhere'",
                "0.0.0.0:8080, which others can reach",
                "'a b' is no name",
                "'twice' 2 times",
                "workers is 0",
                "fmr is 2",
                "'smiles'",
                "max-parts is 0",
                "megapixels-together allows 1 pixels",
                "rate is 0",
                "ftp://example.org",
                "fewer than 16 characters",
            }
        )
            Assert.Contains(part, all, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(options.Validate);
    }

    [Fact]
    public void Public_address_without_keys_is_served_only_when_that_was_said()
    {
        ServiceOptions options = new() { Listen = ["0.0.0.0:8080"], Stores = [new("default", "sqlite:x.db")] };
        Assert.Single(options.FindProblems());
        Assert.Empty((options with { Keyless = KeylessService.Anywhere }).FindProblems());
    }

    [Fact]
    public void Defaults_are_those_that_the_documentation_names()
    {
        ServiceOptions options = new();
        Assert.Equal(["127.0.0.1:8080"], options.Listen);
        Assert.Equal(
            (10L << 20, 64L << 20, 40_000_000L),
            (options.Limits.PictureBytes, options.Limits.RequestBytes, options.Limits.Pixels)
        );
        Assert.Equal((1e-4, 1e-2, 90), (options.FalseMatchRate, options.FalsePositiveIdentificationRate, options.AccessLogDays));
        Assert.Equal(options.Workers * 16, options.QueueLength);
        Assert.Equal(
            (40_000_000L, 96_000_000L),
            ((options with { Workers = 2 }).PixelsTogether, (options with { Workers = 8 }).PixelsTogether)
        );
    }

    [Theory]
    [InlineData("people=sqlite:people.db", "people", "sqlite:people.db")]
    [InlineData("sqlite:people.db", "default", "sqlite:people.db")]
    [InlineData("postgres://u@h/db?schema=x", "default", "postgres://u@h/db?schema=x")]
    [InlineData("guests=postgres://u@h/db?schema=x", "guests", "postgres://u@h/db?schema=x")]
    public void Store_has_a_name_in_front_or_none(string text, string name, string address) =>
        Assert.Equal(new ServedStore(name, address), ServedStore.Parse(text));
}
