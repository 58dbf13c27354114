using Microsoft.Playwright;

namespace Semblance.Page.Tests;

public sealed class CompareViewTests(Browser browser, SharedService shared) : PageTest(browser)
{
    [Fact]
    public async Task Two_pictures_of_one_person_are_the_same_at_every_rate_that_is_offered()
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "compare");
        await page.Locator(".compare-side input[type=file]").First.SetInputFilesAsync(Astronaut);
        await page.Locator(".compare-side").Nth(1).Locator("input[type=file]").SetInputFilesAsync(DimAstronaut);
        ILocator verdict = page.Locator(".verdict");
        await Assertions.Expect(verdict).ToContainTextAsync("Same person");
        await Assertions.Expect(page.Locator(".compare-result")).ToContainTextAsync("1 in 10,000 pairs of strangers");

        await page.Locator("input[type=range]").FocusAsync();
        await page.Keyboard.PressAsync("Home");

        await Assertions.Expect(page.Locator(".rate output")).Not.ToContainTextAsync("1 in 10,000 ");
        await Assertions.Expect(verdict).ToContainTextAsync("Same person");
    }

    [Fact]
    public async Task Picture_without_a_face_is_told_where_it_stands()
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "compare");
        await page.Locator(".compare-side input[type=file]").First.SetInputFilesAsync(Cat);
        await Assertions.Expect(page.Locator(".compare-side").First.GetByRole(AriaRole.Alert)).ToContainTextAsync("No face was found");
    }
}
