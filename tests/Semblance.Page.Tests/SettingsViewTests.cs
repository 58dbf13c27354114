using System.Text.Json;
using Microsoft.Playwright;

namespace Semblance.Page.Tests;

public sealed class SettingsViewTests(Browser browser) : PageTest(browser)
{
    [Fact]
    public async Task Rate_that_is_set_is_the_one_that_comparing_begins_with()
    {
        await using Service service = await Service.StartAsync();
        IPage page = await OpenAsync(service, "settings");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Region, new() { Name = "Health and load" }))
            .ToContainTextAsync("waiting of at most");
        ILocator rate = page.GetByLabel("Comparing two pictures");
        await rate.SelectOptionAsync(new SelectOptionValue { Label = "1 in 1,000 pairs of strangers pass" });
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("Changed until the service starts again.");

        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Compare" }).ClickAsync();

        await Assertions.Expect(page.Locator(".rate output")).ToHaveTextAsync("1 in 1,000 strangers may pass");
    }

    [Fact]
    public async Task Receipt_of_a_deletion_is_found_in_the_log_and_an_invented_one_is_not()
    {
        await using Service service = await Service.StartAsync();
        IPage page = await OpenAsync(service, "people");
        await EnrolAsync(page, "Ada Example", Astronaut);
        await page.Locator(".person-card").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Forget" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Forget" }).ClickAsync();
        IDownload download = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Link, new() { Name = "Save the receipt" }).ClickAsync()
        );
        string file = await download.PathAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();

        await page.GotoAsync(new Uri(service.Address, "#/settings").ToString());
        ILocator log = page.GetByRole(AriaRole.Region, new() { Name = "Log of changes" });
        await log.Locator("input[type=file]").SetInputFilesAsync(file);
        await Assertions.Expect(log.Locator(".badge")).ToHaveTextAsync("Intact");
        await Assertions.Expect(log).ToContainTextAsync("the receipt is one of them");
        Assert.Equal("", await BarriersAsync(page));

        using JsonDocument receipt = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        string text = receipt.RootElement.GetProperty("text").GetString()!;
        await log.GetByLabel("Receipt").FillAsync(text[..^1] + (text[^1] == '0' ? '1' : '0'));
        await log.GetByRole(AriaRole.Button, new() { Name = "Check the log" }).ClickAsync();
        await Assertions.Expect(log.Locator(".badge")).Not.ToHaveTextAsync("Intact");
    }

    [Fact]
    public async Task Models_that_forbid_commercial_use_are_marked_and_those_not_in_use_are_told_apart()
    {
        await using Service service = await Service.StartAsync("--disable", "attributes");
        IPage page = await OpenAsync(service, "settings");
        ILocator row = page.GetByRole(AriaRole.Row, new() { Name = "age-gender" });
        await Assertions.Expect(row).ToContainTextAsync("not for commercial use");
        await Assertions.Expect(row).ToContainTextAsync("not in use");
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "mtcnn" })).ToContainTextAsync("not in use");
        ILocator detector = page.GetByRole(AriaRole.Row, new() { Name = "retinaface-wider" });
        await Assertions.Expect(detector).ToContainTextAsync("not for commercial use");
        await Assertions.Expect(detector).Not.ToContainTextAsync("not in use");
        await Assertions.Expect(page.GetByText("Some models in use are for non-commercial research.")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Analyse" }).ClickAsync();
        await Assertions.Expect(page.Locator(".chip")).ToHaveTextAsync(["Head pose", "68 points"]);
    }

    [Fact]
    public async Task With_models_for_commercial_use_alone_nothing_is_said_of_research()
    {
        await using Service service = await Service.StartAsync("--commercial-only", "--disable", "attributes");
        IPage page = await OpenAsync(service, "settings");
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "mtcnn" })).Not.ToContainTextAsync("not in use");
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "retinaface-wider" })).ToContainTextAsync("not in use");
        await Assertions.Expect(page.GetByText("Some models in use are for non-commercial research.")).ToHaveCountAsync(0);
    }
}
