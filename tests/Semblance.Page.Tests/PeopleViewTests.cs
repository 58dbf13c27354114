using Microsoft.Playwright;

namespace Semblance.Page.Tests;

public sealed class PeopleViewTests(Browser browser) : PageTest(browser)
{
    [Fact]
    public async Task Person_is_enrolled_found_changed_and_forgotten_with_a_receipt()
    {
        await using Service service = await Service.StartAsync();
        IPage page = await OpenAsync(service, "people");
        await Assertions.Expect(page.GetByText("Nobody is enrolled yet")).ToBeVisibleAsync();
        await EnrolAsync(page, "Ada Example", Astronaut);
        await Assertions.Expect(page.Locator(".person-card")).ToContainTextAsync("Ada Example");

        await page.GetByRole(AriaRole.Link, new() { Name = "Find" }).ClickAsync();
        await page.Locator(".view-find input[type=file]").SetInputFilesAsync(DimAstronaut);
        await Assertions.Expect(page.Locator(".face-card.same")).ToContainTextAsync("Ada Example");

        await page.Locator(".face-card.same h3 a").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("Ada Sample");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Ada Sample" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".history li").First).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Forget" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Forget" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Save the receipt" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nobody is enrolled yet")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Picture_that_the_gate_refuses_is_listed_with_its_reason()
    {
        await using Service service = await Service.StartAsync();
        IPage page = await OpenAsync(service, "people");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enrol a person" }).First.ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("Chelsea");
        await dialog.Locator("input[type=file]").SetInputFilesAsync(Cat);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Enrol", Exact = true }).ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Assertions.Expect(dialog.Locator(".outcome .reasons li").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Stranger_stays_unknown()
    {
        await using Service service = await Service.StartAsync();
        IPage page = await OpenAsync(service, "find");
        await page.Locator(".view-find input[type=file]").SetInputFilesAsync(Astronaut);
        await Assertions.Expect(page.Locator(".face-card.unknown, .empty").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".face-card.same")).ToHaveCountAsync(0);
    }
}
