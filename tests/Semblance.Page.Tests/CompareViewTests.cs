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
    public async Task Every_setting_shows_its_answer_and_what_is_needed_moves_with_the_setting()
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "compare");
        await page.Locator(".compare-side input[type=file]").First.SetInputFilesAsync(Astronaut);
        await page.Locator(".compare-side").Nth(1).Locator("input[type=file]").SetInputFilesAsync(DimAstronaut);
        await Assertions.Expect(page.Locator(".steps li.same")).ToHaveCountAsync(5);
        await Assertions
            .Expect(page.Locator(".rate"))
            .ToContainTextAsync("One person at every setting that is offered, up to 1 in 1,000,000.");
        await Assertions.Expect(page.Locator(".scale-needed")).ToHaveTextAsync("needed 0.22");

        await page.GetByLabel("How strict").FocusAsync();
        await page.Keyboard.PressAsync("End");

        await Assertions.Expect(page.Locator(".rate output")).ToHaveTextAsync("1 in 1,000,000 strangers may pass");
        await Assertions.Expect(page.Locator(".scale-needed")).ToHaveTextAsync("needed 0.33");
        await Assertions.Expect(page.GetByLabel("How strict")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task One_request_answers_at_every_setting_and_moving_it_needs_none()
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "compare");
        List<string> asked = [];
        page.Request += (_, request) =>
        {
            string path = new Uri(request.Url).AbsolutePath;
            if (path.StartsWith("/v1/", StringComparison.Ordinal))
                asked.Add(path);
        };
        await page.Locator(".compare-side input[type=file]").First.SetInputFilesAsync(Astronaut);
        await page.Locator(".compare-side").Nth(1).Locator("input[type=file]").SetInputFilesAsync(DimAstronaut);
        await Assertions.Expect(page.Locator(".steps li.same")).ToHaveCountAsync(5);
        Assert.Single(asked, path => path == "/v1/verify");

        int before = asked.Count;
        await page.GetByLabel("How strict").FocusAsync();
        foreach (string key in new[] { "Home", "ArrowRight", "ArrowRight", "End" })
            await page.Keyboard.PressAsync(key);
        await Assertions.Expect(page.Locator(".rate output")).ToHaveTextAsync("1 in 1,000,000 strangers may pass");
        await Assertions.Expect(page.Locator(".scale-needed")).ToHaveTextAsync("needed 0.33");
        Assert.Equal(before, asked.Count);
    }

    [Fact]
    public async Task Picture_is_compared_with_somebody_of_the_gallery_who_is_chosen_with_the_keyboard()
    {
        await using Service service = await Service.StartAsync("--keep-crops");
        IPage page = await OpenAsync(service, "people");
        await EnrolAsync(page, "Ada Example", Astronaut, DimAstronaut);
        await EnrolAsync(page, "Bea", DimAstronaut);
        await page.GetByRole(AriaRole.Link, new() { Name = "Compare" }).ClickAsync();
        await page.Locator(".compare-side input[type=file]").First.SetInputFilesAsync(DimAstronaut);

        await page.GetByRole(AriaRole.Button, new() { Name = "Somebody who is enrolled" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".pick")).ToHaveCountAsync(2);
        await page.GetByLabel("Search").FillAsync("exam");
        await Assertions.Expect(page.Locator(".pick")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator(".verdict h2")).ToHaveTextAsync("Same person as Ada Example");
        await Assertions.Expect(page.Locator(".verdict")).ToContainTextAsync("Probability of one person");
        await Assertions.Expect(page.Locator(".compare-result")).ToContainTextAsync("1 in 10,000 strangers would pass as Ada Example");
        await Assertions.Expect(page.Locator(".pair img")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".steps li.same")).ToHaveCountAsync(4);
        Assert.Equal("", await BarriersAsync(page));

        // Two references share the rate, so that the smallest cannot be promised.
        await page.GetByLabel("How strict").FocusAsync();
        await page.Keyboard.PressAsync("End");
        await Assertions
            .Expect(page.Locator(".compare-answer").GetByRole(AriaRole.Alert))
            .ToContainTextAsync("This rate cannot be promised");
        await Assertions
            .Expect(page.Locator(".rate"))
            .ToContainTextAsync("One person at every setting that is offered, up to 1 in 100,000.");
        await page.Keyboard.PressAsync("Home");
        await Assertions.Expect(page.Locator(".verdict h2")).ToHaveTextAsync("Same person as Ada Example");

        await page.GetByRole(AriaRole.Button, new() { Name = "Somebody else" }).ClickAsync();
        await Assertions.Expect(page.Locator(".compare-side").Nth(1).Locator(".drop")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Face_that_is_meant_is_chosen_among_several_also_with_the_keyboard()
    {
        using Pictures pictures = new();
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "compare");
        await page.Locator(".compare-side input[type=file]").First.SetInputFilesAsync(pictures.Crowd(Astronaut, 3, 1));
        ILocator choices = page.GetByRole(AriaRole.Radio);
        await Assertions.Expect(choices).ToHaveCountAsync(3);
        await page.Locator(".choice[aria-checked=true]").FocusAsync();
        string? before = await page.Locator(".choice[aria-checked=true]").GetAttributeAsync("aria-label");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator(".choice[aria-checked=true]")).Not.ToHaveAttributeAsync("aria-label", before!);
        await Assertions.Expect(page.Locator(".choice[aria-checked=true]")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".pv-box.chosen")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Pictures_are_pasted_one_after_the_other_and_of_two_that_are_dropped_one_is_taken_and_named()
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "compare");
        ILocator a = page.Locator(".compare-side").First,
            b = page.Locator(".compare-side").Nth(1);
        await PasteAsync(page, Astronaut);
        await Assertions.Expect(a.GetByText("One face")).ToBeVisibleAsync();
        await Assertions.Expect(b.Locator(".drop")).ToBeVisibleAsync();
        await PasteAsync(page, DimAstronaut);
        await Assertions.Expect(page.Locator(".verdict")).ToContainTextAsync("Same person");

        await a.GetByRole(AriaRole.Button, new() { Name = "Another picture" }).ClickAsync();
        await Assertions.Expect(a.GetByRole(AriaRole.Button, new() { Name = "Choose a picture" })).ToBeFocusedAsync();
        await DropAsync(page, Cat, Astronaut);
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("One picture is taken here: “chelsea.png”.");
        await Assertions.Expect(a.GetByRole(AriaRole.Alert)).ToContainTextAsync("No face was found");
    }

    [Fact]
    public async Task Picture_without_a_face_is_told_where_it_stands()
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "compare");
        await page.Locator(".compare-side input[type=file]").First.SetInputFilesAsync(Cat);
        await Assertions.Expect(page.Locator(".compare-side").First.GetByRole(AriaRole.Alert)).ToContainTextAsync("No face was found");
    }

    private static Task PasteAsync(IPage page, string picture) =>
        BringAsync(page, "body", "data => new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })", picture);

    private static Task DropAsync(IPage page, params string[] pictures) =>
        BringAsync(page, ".drop", "data => new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })", pictures);

    /// <summary>What the clipboard or the mouse carries.</summary>
    private static async Task BringAsync(IPage page, string to, string happening, params string[] pictures) =>
        await page.EvaluateAsync(
            $$"""
            ([names, texts]) => {
              const data = new DataTransfer();
              const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
              names.forEach((name, i) => data.items.add(new File([bytes(texts[i])], name, { type: "image/png" })));
              document.querySelector("{{to}}").dispatchEvent(({{happening}})(data));
            }
            """,
            new[]
            {
                [.. pictures.Select(picture => Path.GetFileName(picture))],
                pictures.Select(picture => Convert.ToBase64String(File.ReadAllBytes(picture))).ToArray(),
            }
        );
}
