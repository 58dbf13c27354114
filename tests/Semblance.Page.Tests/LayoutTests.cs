using Microsoft.Playwright;

namespace Semblance.Page.Tests;

/// <summary>What the page looks like when there is much of something: faces, names, narrow screens, paper.</summary>
public sealed class LayoutTests(Browser browser, SharedService shared) : PageTest(browser)
{
    private const string LongName = "María del Carmen Fernández-Villaverde de la Torre y Rodríguez",
        LongWord = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren",
        RightToLeft = "محمد عبد الرحمن الشريف";

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Every_one_of_forty_faces_has_a_number_and_no_number_covers_another(int width, int height)
    {
        using Pictures pictures = new();
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "analyse", new Screen(width, height, Dark: false));
        await page.Locator(".drop input[type=file]").First.SetInputFilesAsync(pictures.Crowd(Astronaut, 8, 5));
        await page.Locator(".face-card").First.WaitForAsync();
        int faces = await page.Locator(".pv-box").CountAsync();
        Assert.InRange(faces, 38, 42);
        Assert.Equal(faces, await page.Locator(".pv-label text").CountAsync());
        Assert.Equal(
            0,
            await page.EvaluateAsync<int>(
                """
                () => {
                  const boxes = [...document.querySelectorAll(".pv-label rect")].map((rect) => rect.getBoundingClientRect());
                  const meet = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
                  return boxes.filter((a, i) => boxes.some((b, j) => j > i && meet(a, b))).length;
                }
                """
            )
        );
        // In a crowd the list is short until a face is chosen.
        await Assertions.Expect(page.Locator(".face-card .facts").First).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Face 3", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".face-card.chosen .facts")).ToContainTextAsync("Quality");
    }

    [Fact]
    public async Task Results_do_not_reach_past_the_edge_of_a_phone()
    {
        using Pictures pictures = new();
        string wide = pictures.Crowd(Astronaut, 6, 2);
        await using Service service = await Service.StartAsync("--keep-crops", "--strangers", "30");
        IPage page = await OpenAsync(service, "people", Screen.Phone);
        foreach (string name in new[] { LongName, LongWord, RightToLeft })
            await EnrolAsync(page, name, Astronaut);
        List<string> wider = [];
        await CheckAsync("people");
        foreach (string name in new[] { LongName, LongWord, RightToLeft })
        {
            await page.Locator(".person-card", new() { HasText = name }).ClickAsync();
            await page.Locator(".reference").First.WaitForAsync();
            await CheckAsync(name);
            await page.Locator("a.back").ClickAsync();
        }
        await page.GetByRole(AriaRole.Tab, new() { Name = "To review" }).ClickAsync();
        await page.Locator(".finding").First.WaitForAsync();
        await CheckAsync("findings");

        await ShowAsync("find");
        await page.Locator(".view-find input[type=file]").SetInputFilesAsync(DimAstronaut);
        await page.Locator(".face-card summary").First.ClickAsync();
        await CheckAsync("find");

        await ShowAsync("compare");
        await page.Locator(".compare-side input[type=file]").First.SetInputFilesAsync(wide);
        await page.Locator(".compare-side").Nth(1).Locator("input[type=file]").SetInputFilesAsync(DimAstronaut);
        await page.Locator(".verdict").WaitForAsync();
        await CheckAsync("compare");

        await ShowAsync("analyse");
        foreach (string feature in new[] { "Apparent age", "Perceived gender", "Expression", "Head pose" })
            await page.GetByText(feature, new() { Exact = true }).ClickAsync();
        await page.Locator(".drop input[type=file]").First.SetInputFilesAsync(Astronaut);
        await page.Locator(".face-card .bars").WaitForAsync();
        await CheckAsync("analyse");
        Assert.Empty(wider);

        async Task ShowAsync(string view)
        {
            await page.GotoAsync(new Uri(service.Address, $"#/{view}").ToString());
            await page.Locator($".view-{view} h1").WaitForAsync();
        }

        // Neither the page nor anything in it that is not made to be scrolled.
        async Task CheckAsync(string what)
        {
            string[] found = await page.EvaluateAsync<string[]>(
                """
                () => [document.documentElement, ...document.querySelectorAll("main *")].filter((node) => node.clientWidth > 0
                  && node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX === "visible" && getComputedStyle(node).display !== "inline")
                  .map((node) => `${node.tagName} ${node.className}: ${node.scrollWidth} in ${node.clientWidth}`)
                """
            );
            if (found.Length > 0)
                wider.Add($"{what}: {string.Join(", ", found)}");
        }
    }

    [Fact]
    public async Task Name_that_is_written_from_the_right_stands_where_names_stand()
    {
        await using Service service = await Service.StartAsync();
        IPage page = await OpenAsync(service, "people");
        await EnrolAsync(page, RightToLeft, Astronaut);
        await page.Locator(".person-card").ClickAsync();
        ILocator name = page.Locator(".person-head h1 bdi");
        await Assertions.Expect(name).ToHaveTextAsync(RightToLeft);
        LocatorBoundingBoxResult words = (await name.BoundingBoxAsync())!,
            below = (await page.GetByText("No consent is documented").BoundingBoxAsync())!;
        Assert.Equal(below.X, words.X, 1.0);
    }

    [Fact]
    public async Task Printed_page_is_dark_on_white_without_the_controls_also_where_the_screen_is_dark()
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "analyse", Screen.Desktop with { Dark = true });
        await page.Locator(".drop input[type=file]").First.SetInputFilesAsync(Astronaut);
        await page.Locator(".face-card").WaitForAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.Locator(".face-card")).ToHaveCSSAsync("background-color", "rgb(255, 255, 255)");
        await Assertions.Expect(page.Locator(".face-card h3")).ToHaveCSSAsync("color", "rgb(0, 0, 0)");
        foreach (string control in new[] { ".side", ".pv-tools", ".features", ".drop" })
            await Assertions.Expect(page.Locator(control).First).ToBeHiddenAsync();
    }
}
