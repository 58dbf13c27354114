using Microsoft.Playwright;

namespace Semblance.Page.Tests;

public sealed class StrangersViewTests(Browser browser) : PageTest(browser)
{
    [Fact]
    public async Task Strangers_are_not_kept_unless_the_operator_says_so()
    {
        await using Service service = await Service.StartAsync();
        IPage page = await OpenAsync(service, "strangers");
        await Assertions.Expect(page.GetByText("Strangers are not kept")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Stranger_is_kept_shown_and_named_and_then_found_by_the_name()
    {
        await using Service service = await Service.StartAsync("--strangers", "30", "--keep-crops");
        IPage page = await OpenAsync(service, "find");
        await page.Locator(".view-find input[type=file]").SetInputFilesAsync(Astronaut);
        await Assertions.Expect(page.Locator(".face-card.unknown")).ToHaveCountAsync(1);

        await page.GotoAsync(new Uri(service.Address, "#/strangers").ToString());
        ILocator group = page.Locator("article.card");
        await Assertions.Expect(group).ToContainTextAsync("1 face");
        await Assertions.Expect(group.Locator(".portrait img")).ToBeVisibleAsync();
        Assert.Equal("", await BarriersAsync(page));

        await group.GetByRole(AriaRole.Button, new() { Name = "Name…" }).ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("Ada Example");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Enrol", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("No strangers", new() { Exact = true })).ToBeVisibleAsync();

        await page.GotoAsync(new Uri(service.Address, "#/find").ToString());
        await page.Locator(".view-find input[type=file]").SetInputFilesAsync(DimAstronaut);
        await Assertions.Expect(page.Locator(".face-card.same")).ToContainTextAsync("Ada Example");
    }
}
