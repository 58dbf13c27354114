using Microsoft.Playwright;

namespace Semblance.Page.Tests;

/// <summary>Who looked at whom, for administrators.</summary>
public sealed class AccessViewTests(Browser browser, SharedService shared) : PageTest(browser)
{
    [Fact]
    public async Task Searches_and_looks_are_told_with_whom_they_showed_and_those_about_one_person_can_be_picked_out()
    {
        await using Service service = await Service.StartAsync();
        IPage page = await OpenAsync(service, "people");
        await EnrolAsync(page, "Ada Example", Astronaut);
        await EnrolAsync(page, "Bea", DimAstronaut);
        await page.GetByRole(AriaRole.Link, new() { Name = "Find" }).ClickAsync();
        await page.Locator(".view-find input[type=file]").SetInputFilesAsync(DimAstronaut);
        await Assertions.Expect(page.Locator(".face-card")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "People" }).ClickAsync();
        await page.Locator(".person-card", new() { HasText = "Bea" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Who looked" }).ClickAsync();

        ILocator rows = page.Locator(".access-day li");
        await Assertions.Expect(rows.Filter(new() { HasText = "Looked at the record of Bea." })).ToHaveCountAsync(1);
        await Assertions.Expect(rows.First).ToContainTextAsync("Without a key");
        await Assertions.Expect(page.Locator(".access-filter")).ToContainTextAsync("Bea");
        int about = await rows.CountAsync();
        Assert.Equal("", await BarriersAsync(page));

        await page.Locator(".access-filter").GetByRole(AriaRole.Button, new() { Name = "Everybody" }).ClickAsync();
        await Assertions.Expect(rows.Filter(new() { HasText = "Searched with a face" })).ToHaveCountAsync(1);
        Assert.True(await rows.CountAsync() > about);
        Assert.Equal("", await BarriersAsync(page));
    }

    [Fact]
    public async Task Older_entries_come_when_they_are_asked_for_and_people_who_were_forgotten_have_no_name()
    {
        await using Service service = await Service.StartAsync();
        using HttpClient http = new() { BaseAddress = service.Address };
        IPage page = await OpenAsync(service, "people");
        await EnrolAsync(page, "Ada Example", Astronaut);
        string id = (await page.Locator(".person-card").GetAttributeAsync("href"))!.Split('/')[^1];
        for (int i = 0; i < 60; i++)
            await http.GetByteArrayAsync(new Uri($"v1/people/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
        (
            await http.DeleteAsync(new Uri($"v1/people/{id}", UriKind.Relative), TestContext.Current.CancellationToken)
        ).EnsureSuccessStatusCode();
        await page.GotoAsync(new Uri(service.Address, "#/settings/access").ToString());
        ILocator rows = page.Locator(".access-day li");
        await Assertions.Expect(rows).ToHaveCountAsync(50);
        await Assertions.Expect(rows.First).ToContainTextAsync("somebody who was forgotten");
        await Assertions.Expect(page.Locator(".access h2")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show older" }).ClickAsync();
        await Assertions.Expect(rows.Nth(60)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Show older" })).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".access h2")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Log_that_is_empty_not_kept_or_out_of_reach_is_told_as_such()
    {
        await using Service service = await Service.StartAsync();
        IPage page = await OpenAsync(service, "settings/access");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nobody has looked yet" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".page-head")).ToContainTextAsync("kept for 90 days");
        await page.RouteAsync("**/v1/access*", route => route.AbortAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The service does not answer");
        await page.UnrouteAllAsync();
        await page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);

        await using Service keepsNone = await Service.StartAsync("--access-log", "none");
        page = await OpenAsync(keepsNone, "settings/access");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "This service keeps no such log" })).ToBeVisibleAsync();
        Assert.Equal("", await BarriersAsync(page));
    }

    [Theory]
    [InlineData(1440, 900, true)]
    [InlineData(390, 844, false)]
    public async Task Nothing_stands_in_the_way_of_anybody(int width, int height, bool dark)
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "settings/access", new Screen(width, height, dark));
        await page.Locator(".access[aria-busy]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Equal("", await BarriersAsync(page));
        Assert.True(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") <= width);
    }
}
