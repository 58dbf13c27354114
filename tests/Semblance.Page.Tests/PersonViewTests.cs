using Microsoft.Playwright;

namespace Semblance.Page.Tests;

/// <summary>What a person corrects by hand, and takes back.</summary>
public sealed class PersonViewTests(Browser browser) : PageTest(browser)
{
    [Fact]
    public async Task Renamed_person_has_the_old_name_again_when_that_is_undone()
    {
        await using Service service = await Service.StartAsync();
        IPage page = await OpenPersonAsync(service, "Ada Example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("Bea Example");
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Tags").FillAsync("staff, night");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(Heading(page, "Bea Example")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".person-head .badge")).ToHaveTextAsync(["staff", "night"]);
        await Toast(page).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(Heading(page, "Ada Example")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".person-head .badge")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".history li").First).ToContainTextAsync("Undone");
        Assert.Equal("", await BarriersAsync(page));
    }

    [Fact]
    public async Task Last_change_is_undone_from_the_history_when_the_message_is_gone()
    {
        await using Service service = await Service.StartAsync();
        IPage page = await OpenPersonAsync(service, "Ada Example");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Undo the last change" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("Bea Example");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(Heading(page, "Bea Example")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo the last change" }).ClickAsync();
        await Assertions.Expect(Heading(page, "Ada Example")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task People_are_merged_and_two_again_when_that_is_undone()
    {
        await using Service service = await Service.StartAsync("--keep-crops");
        IPage page = await OpenPersonAsync(service, "Ada Example", "Bea Example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Merge with…" }).ClickAsync();
        await ChooseAsync(page, "Bea Example");
        ILocator sure = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(sure).ToContainTextAsync("Merge Bea Example into Ada Example?");
        await sure.GetByRole(AriaRole.Button, new() { Name = "Merge", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".reference")).ToHaveCountAsync(2);
        await Toast(page).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(page.Locator(".reference")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "People" }).First.ClickAsync();
        await Assertions.Expect(page.Locator(".person-card .person-name")).ToHaveTextAsync(["Ada Example", "Bea Example"]);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("0199f000-0000-7000-8000-000000000000")]
    public async Task Somebody_who_is_not_there_is_told_as_such(string id)
    {
        await using Service service = await Service.StartAsync();
        IPage page = await OpenAsync(service, $"people/{id}");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "There is nobody here" })).ToBeVisibleAsync();
        Assert.Equal("", await BarriersAsync(page));
        await page.GetByRole(AriaRole.Link, new() { Name = "Everybody who is enrolled" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nobody is enrolled yet")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Picture_is_moved_to_somebody_else_and_back_when_that_is_undone()
    {
        await using Service service = await Service.StartAsync("--keep-crops");
        IPage page = await OpenPersonAsync(service, "Ada Example", "Bea Example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }).ClickAsync();
        await ChooseAsync(page, "Bea Example");
        await Assertions.Expect(page.GetByText("No pictures", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(Toast(page)).ToContainTextAsync("Moved to Bea Example.");
        await Toast(page).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(page.Locator(".reference")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Reference_that_is_chosen_is_the_one_that_is_shown()
    {
        await using Service service = await Service.StartAsync("--keep-crops");
        IPage page = await OpenPersonAsync(service, "Ada Example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add pictures" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).Locator("input[type=file]").SetInputFilesAsync(DimAstronaut);
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await Assertions.Expect(page.Locator(".reference")).ToHaveCountAsync(2);
        ILocator second = page.Locator(".reference").Nth(1);
        await second.GetByRole(AriaRole.Button, new() { Name = "Show this picture" }).ClickAsync();
        await Assertions.Expect(second).ToContainTextAsync("Shown");
        string shown = await PixelsAsync(page, ".person-head .portrait img");
        Assert.Equal(await PixelsAsync(page, ".reference:nth-of-type(2) .portrait img"), shown);
        await Toast(page).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(page.Locator(".reference .badge.good")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Removed_picture_is_said_to_be_gone_for_good_and_offers_no_undo()
    {
        await using Service service = await Service.StartAsync("--keep-crops");
        IPage page = await OpenPersonAsync(service, "Ada Example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove this picture" }).ClickAsync();
        ILocator sure = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(sure).ToContainTextAsync("cannot be undone");
        await sure.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Assertions.Expect(Toast(page)).ToContainTextAsync("Removed for good.");
        await Assertions.Expect(Toast(page).GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText("No pictures", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Two_people_who_may_be_one_are_merged_from_the_list_under_the_name_that_is_chosen()
    {
        await using Service service = await Service.StartAsync("--keep-crops");
        IPage page = await OpenPersonAsync(service, "Ada Example", "Bea Example");
        await page.GetByRole(AriaRole.Link, new() { Name = "People" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "To review" }).ClickAsync();
        ILocator finding = page.Locator("article.card");
        await Assertions.Expect(finding.Locator(".portrait img")).ToHaveCountAsync(2);
        Assert.Equal("", await BarriersAsync(page));
        await finding.GetByRole(AriaRole.Button, new() { Name = "Merge…" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Bea Example" }).ClickAsync();
        await Assertions.Expect(Toast(page)).ToContainTextAsync("Ada Example is now Bea Example.");
        await Assertions.Expect(finding).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Tab, new() { Name = "People" }).ClickAsync();
        await Assertions.Expect(page.Locator(".person-card .person-name")).ToHaveTextAsync(["Bea Example"]);
    }

    [Fact]
    public async Task Finding_that_was_dismissed_is_back_when_that_is_undone()
    {
        await using Service service = await Service.StartAsync();
        IPage page = await OpenPersonAsync(service, "Ada Example", "Bea Example");
        await page.GetByRole(AriaRole.Link, new() { Name = "People" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "To review" }).ClickAsync();
        ILocator finding = page.Locator("article.card");
        await Assertions.Expect(finding).ToContainTextAsync("Two people who may be one");
        await finding.GetByRole(AriaRole.Button, new() { Name = "This is right as it is" }).ClickAsync();
        await Assertions.Expect(finding).ToHaveCountAsync(0);
        await Toast(page).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(finding).ToContainTextAsync("Two people who may be one");
    }

    /// <summary>Enrols somebody with the portrait and, where named, somebody else with the dim one, and opens the first.</summary>
    private async Task<IPage> OpenPersonAsync(Service service, string name, string? other = null)
    {
        IPage page = await OpenAsync(service, "people");
        await EnrolAsync(page, name, Astronaut);
        if (other is not null)
            await EnrolAsync(page, other, DimAstronaut);
        await page.Locator(".person-card", new() { HasText = name }).ClickAsync();
        await Assertions.Expect(Heading(page, name)).ToBeVisibleAsync();
        return page;
    }

    private static async Task ChooseAsync(IPage page, string name) =>
        await page.GetByRole(AriaRole.Dialog).Locator("button.pick", new() { HasText = name }).ClickAsync();

    private static ILocator Heading(IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    private static ILocator Toast(IPage page) => page.Locator(".toast").Last;

    /// <summary>What an image shows, once it is there.</summary>
    private static async Task<string> PixelsAsync(IPage page, string selector) =>
        await page.Locator(selector)
            .EvaluateAsync<string>(
                """
                async (image) => {
                  await image.decode();
                  const canvas = document.createElement("canvas");
                  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
                  canvas.getContext("2d").drawImage(image, 0, 0);
                  return canvas.toDataURL();
                }
                """
            );
}
