using Microsoft.Playwright;
using SkiaSharp;

namespace Semblance.Page.Tests;

/// <summary>What the page says when there is no plain answer.</summary>
public sealed class StatesTests(Browser browser, SharedService shared) : PageTest(browser)
{
    [Fact]
    public async Task Busy_service_is_waited_for_as_it_asks_and_the_page_says_so()
    {
        // Five requests at once, then one every twelve seconds; the page itself needs some, and slow pictures do not wait for more.
        await using Service service = await Service.StartAsync("--rate", "5");
        IPage page = await OpenAsync(service, "analyse");
        await page.Locator(".drop input[type=file]").First.SetInputFilesAsync([Astronaut, DimAstronaut, Cat, Astronaut]);
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("The service is busy; trying again in");
        await Assertions.Expect(page.Locator(".thumb.done")).ToHaveCountAsync(4);
        await Assertions.Expect(page.Locator(".thumb.failed")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Pictures_too_blurred_for_an_answer_get_none_and_the_reason()
    {
        string blurred = Blurred(Astronaut);
        try
        {
            Service service = await shared.GetAsync();
            IPage page = await OpenAsync(service, "compare");
            await page.Locator(".compare-side input[type=file]").First.SetInputFilesAsync(blurred);
            await page.Locator(".compare-side").Nth(1).Locator("input[type=file]").SetInputFilesAsync(DimAstronaut);
            ILocator verdict = page.Locator(".verdict");
            await Assertions.Expect(verdict).ToContainTextAsync("Cannot tell");
            await Assertions.Expect(verdict.Locator(".reasons li").First).ToContainTextAsync("needed");
            Assert.Equal("", await BarriersAsync(page));
        }
        finally
        {
            File.Delete(blurred);
        }
    }

    [Fact]
    public async Task Picture_too_blurred_to_be_compared_with_somebody_of_the_gallery_says_why_and_at_which_settings()
    {
        string blurred = Blurred(Astronaut);
        try
        {
            await using Service service = await Service.StartAsync();
            IPage page = await OpenAsync(service, "people");
            await EnrolAsync(page, "Ada Example", DimAstronaut);
            await page.GetByRole(AriaRole.Link, new() { Name = "Compare" }).ClickAsync();
            await page.Locator(".compare-side input[type=file]").First.SetInputFilesAsync(blurred);
            await page.GetByRole(AriaRole.Button, new() { Name = "Somebody who is enrolled" }).ClickAsync();
            await page.Locator(".pick").ClickAsync();
            await Assertions.Expect(page.Locator(".verdict")).ToContainTextAsync("Cannot tell");
            await Assertions.Expect(page.Locator(".verdict .reasons li").First).ToContainTextAsync("needed");
            await Assertions.Expect(page.Locator(".steps li.unsure")).Not.ToHaveCountAsync(0);
            await Assertions.Expect(page.Locator(".pair-sign")).ToHaveTextAsync("?");
            Assert.Equal("", await BarriersAsync(page));
        }
        finally
        {
            File.Delete(blurred);
        }
    }

    [Fact]
    public async Task People_are_shown_by_tag_and_by_part_of_the_name()
    {
        await using Service service = await Service.StartAsync();
        using HttpClient http = new() { BaseAddress = service.Address };
        foreach ((string name, string tags) in new[] { ("Ada", "staff,night"), ("Bea", "staff"), ("Cleo", "guest") })
        {
            using MultipartFormDataContent form = [];
            form.Add(new StringContent(name), "name");
            form.Add(new StringContent(tags), "tags");
            form.Add(
                new ByteArrayContent(await File.ReadAllBytesAsync(DimAstronaut, TestContext.Current.CancellationToken)),
                "image",
                "a.jpg"
            );
            using HttpResponseMessage made = await http.PostAsync(
                new Uri("v1/people", UriKind.Relative),
                form,
                TestContext.Current.CancellationToken
            );
            made.EnsureSuccessStatusCode();
        }
        IPage page = await OpenAsync(service, "people");
        ILocator names = page.Locator(".person-card .person-name");
        await Assertions.Expect(names).ToHaveTextAsync(["Ada", "Bea", "Cleo"]);
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Only with tag" }).FillAsync("staff");
        await Assertions.Expect(names).ToHaveTextAsync(["Ada", "Bea"]);
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search people" }).FillAsync("b");
        await Assertions.Expect(names).ToHaveTextAsync(["Bea"]);
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Only with tag" }).FillAsync("sta");
        await Assertions.Expect(page.GetByText("Nobody of that name or tag")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Service_that_cannot_be_reached_at_the_start_is_told_and_the_view_comes_when_it_can()
    {
        Service service = await shared.GetAsync();
        IPage page = await Browser.NewPageAsync(Screen.Desktop);
        await page.RouteAsync("**/v1/**", route => route.AbortAsync());
        await page.GotoAsync(service.Address.ToString());
        ILocator alert = page.GetByRole(AriaRole.Alert);
        await Assertions.Expect(alert).ToContainTextAsync("The service does not answer");
        Assert.Equal("", await BarriersAsync(page));
        await page.UnrouteAllAsync();
        await alert.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Assertions.Expect(page.Locator(".drop").First).ToBeVisibleAsync();
        await Assertions.Expect(alert).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task File_that_is_no_picture_is_told_once_and_leaves_no_empty_frame()
    {
        using Pictures pictures = new();
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "analyse");
        await page.Locator(".drop input[type=file]").First.SetInputFilesAsync(pictures.Text());
        ILocator alert = page.GetByRole(AriaRole.Alert);
        await Assertions.Expect(alert).ToContainTextAsync("this is a text file");
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(await alert.InnerTextAsync(), "WebP"));
        await Assertions.Expect(page.Locator(".pv-frame")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Service_that_went_away_is_told_in_the_list_of_people_and_tried_again()
    {
        await using Service service = await Service.StartAsync();
        IPage page = await OpenAsync(service, "people");
        await Assertions.Expect(page.GetByText("Nobody is enrolled yet")).ToBeVisibleAsync();
        service.Kill();
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search people" }).FillAsync("a");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The service does not answer");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Try again" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Busy_service_that_stays_busy_is_told_once_and_then_given_up_with_a_way_to_try_again()
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "analyse");
        await page.RouteAsync("**/v1/analyze*", route => route.FulfillAsync(
                new()
                {
                    Status = 429,
                    ContentType = "application/problem+json",
                    Headers = new Dictionary<string, string> { ["Retry-After"] = "1" },
                    Body = """{"status":429,"title":"Too Many Requests","detail":"all places are taken","code":"busy"}""",
                }
            ));
        await page.Locator(".drop input[type=file]").First.SetInputFilesAsync(Astronaut);
        ILocator alert = page.GetByRole(AriaRole.Alert);
        await Assertions.Expect(alert).ToContainTextAsync("The service is busy");
        await Assertions.Expect(page.Locator(".toast")).ToHaveCountAsync(1);
        await page.UnrouteAllAsync();
        await alert.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Assertions.Expect(page.Locator(".face-card")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task View_that_did_not_come_says_that_the_service_does_not_answer_and_comes_when_it_does()
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "analyse");
        await page.RouteAsync("**/*", route => route.AbortAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "Settings" }).ClickAsync();
        ILocator alert = page.GetByRole(AriaRole.Alert);
        await Assertions.Expect(alert).ToContainTextAsync("The service does not answer");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Settings", Level = 1 })).ToBeVisibleAsync();
        Assert.Equal("", await BarriersAsync(page));
        await alert.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Assertions.Expect(alert).ToContainTextAsync("The service does not answer");
        await page.UnrouteAllAsync();
        await alert.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Health and load" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Enrolment_that_is_cancelled_is_not_sent_on()
    {
        await using Service service = await Service.StartAsync();
        IPage page = await OpenAsync(service, "people");
        TaskCompletionSource cancelled = new();
        page.RequestFailed += (_, request) =>
        {
            if (request.Method == "POST")
                cancelled.TrySetResult();
        };
        await page.RouteAsync("**/v1/people*", async route =>
        {
            if (route.Request.Method == "POST")
                await cancelled.Task;
            else
                await route.ContinueAsync();
        });
        await page.GetByRole(AriaRole.Button, new() { Name = "Enrol a person" }).First.ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("Ada Example");
        await dialog.Locator("input[type=file]").SetInputFilesAsync(Astronaut);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Enrol", Exact = true }).ClickAsync();
        await Assertions.Expect(dialog.GetByText("Looking at 1 picture")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText("Nobody is enrolled yet")).ToBeVisibleAsync();
    }

    /// <summary>A photograph in which a face can be seen, but hardly whose.</summary>
    private static string Blurred(string photograph)
    {
        using SKBitmap picture = SKBitmap.Decode(photograph);
        using SKBitmap blurred = new(picture.Width, picture.Height);
        using (SKCanvas canvas = new(blurred))
        using (SKPaint paint = new() { ImageFilter = SKImageFilter.CreateBlur(7, 7) })
        using (SKImage image = SKImage.FromBitmap(picture))
            canvas.DrawImage(image, 0, 0, SKSamplingOptions.Default, paint);
        using SKData jpeg = blurred.Encode(SKEncodedImageFormat.Jpeg, 92);
        string file = Path.Combine(Path.GetTempPath(), $"blurred-{Guid.NewGuid():N}.jpg");
        File.WriteAllBytes(file, jpeg.ToArray());
        return file;
    }
}
