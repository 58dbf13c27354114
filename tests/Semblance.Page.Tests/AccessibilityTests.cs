using Microsoft.Playwright;

namespace Semblance.Page.Tests;

public sealed class AccessibilityTests(Browser browser, SharedService shared) : PageTest(browser)
{
    private static readonly string[] Views = ["analyse", "compare", "find", "people", "camera", "settings"];

    public static TheoryData<int, int, bool> Screens { get; } =
        new()
        {
            { 1360, 880, false },
            { 1360, 880, true },
            { 390, 844, false },
            { 390, 844, true },
        };

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Every_view_is_free_of_barriers(int width, int height, bool dark)
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, Views[0], new Screen(width, height, dark));
        List<string> found = [];
        foreach (string view in Views)
        {
            await page.GotoAsync(new Uri(service.Address, $"#/{view}").ToString());
            await page.Locator($".view-{view} h1").WaitForAsync();
            if (await BarriersAsync(page) is { Length: > 0 } barriers)
                found.Add($"{view}: {barriers}");
        }
        Assert.Empty(found);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Results_are_free_of_barriers(bool dark)
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "analyse", Screen.Desktop with { Dark = dark });
        await page.Locator(".drop input[type=file]").First.SetInputFilesAsync(Astronaut);
        await page.Locator(".face-card").First.WaitForAsync();
        Assert.Equal("", await BarriersAsync(page));

        await page.GotoAsync(new Uri(service.Address, "#/compare").ToString());
        await page.Locator(".compare-side input[type=file]").First.SetInputFilesAsync(Astronaut);
        await page.Locator(".compare-side").Nth(1).Locator("input[type=file]").SetInputFilesAsync(DimAstronaut);
        await page.Locator(".verdict").WaitForAsync();
        Assert.Equal("", await BarriersAsync(page));
    }

    [Fact]
    public async Task Nothing_reaches_past_the_edge_of_a_phone()
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, Views[0], Screen.Phone);
        foreach (string view in Views)
        {
            await page.GotoAsync(new Uri(service.Address, $"#/{view}").ToString());
            await page.Locator($".view-{view} h1").WaitForAsync();
            int width = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
            Assert.True(width <= Screen.Phone.Width, $"{view} is {width} pixels wide");
        }
    }
}
