using Microsoft.Playwright;
using Semblance.TestSupport;

namespace Semblance.Page.Tests;

/// <summary>A search explains its answer.</summary>
public sealed class FindViewTests(Browser browser) : PageTest(browser)
{
    [Fact]
    public async Task Stranger_is_told_what_was_reached_what_was_needed_and_what_the_rate_means_here()
    {
        string stranger = Path.Combine(ReferenceData.RequireUnpacked("data/photos.tar"), "portrait_man_1.jpg");
        Assert.SkipUnless(File.Exists(stranger), "the photograph is not here");
        await using Service service = await Service.StartAsync();
        IPage page = await OpenAsync(service, "people");
        await EnrolAsync(page, "Ada Example", Astronaut);
        await page.GetByRole(AriaRole.Link, new() { Name = "Find" }).ClickAsync();
        await Assertions.Expect(page.Locator(".drop")).ToContainTextAsync("Pictures are not kept.");
        await page.Locator(".view-find input[type=file]").SetInputFilesAsync(stranger);

        ILocator card = page.Locator(".face-card.unknown").First;
        await Assertions.Expect(card).ToContainTextAsync("is needed. So nobody is named.");
        await Assertions
            .Expect(page.GetByLabel("How strict").Locator("option:checked"))
            .ToHaveTextAsync("1 in 100 strangers would get a name");
        await Assertions.Expect(page.Locator(".face-list")).ToContainTextAsync("In this gallery of 1 person.");
        await Assertions.Expect(card.Locator(".candidates")).ToBeHiddenAsync();
        string needed = await card.Locator(".scale-needed").InnerTextAsync();

        await page.GetByLabel("How strict").SelectOptionAsync(new SelectOptionValue { Label = "1 in 1,000 strangers would get a name" });

        await Assertions.Expect(card.Locator(".scale-needed")).Not.ToHaveTextAsync(needed);
    }

    [Fact]
    public async Task Keeping_of_unknown_faces_is_said_where_a_picture_is_asked_for()
    {
        await using Service service = await Service.StartAsync("--strangers", "30");
        IPage page = await OpenAsync(service, "find");
        await Assertions.Expect(page.Locator(".drop")).ToContainTextAsync("unknown faces are, for 30 days");
        await page.GetByRole(AriaRole.Link, new() { Name = "Camera" }).ClickAsync();
        await Assertions.Expect(page.Locator(".camera-stage")).ToContainTextAsync("unknown faces are, for 30 days");
    }
}
