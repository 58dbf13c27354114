using System.Text.Json;
using Microsoft.Playwright;

namespace Semblance.Page.Tests;

public sealed class AnalyseViewTests(Browser browser, SharedService shared) : PageTest(browser)
{
    [Fact]
    public async Task Picture_shows_its_face_with_quality_and_estimates_when_asked()
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "analyse");
        await page.Locator(".drop input[type=file]").First.SetInputFilesAsync(Astronaut);
        ILocator card = page.Locator(".face-card");
        await Assertions.Expect(card).ToHaveCountAsync(1);
        await Assertions.Expect(card).ToContainTextAsync("Quality");
        await Assertions.Expect(card).Not.ToContainTextAsync("Apparent age");

        await page.GetByText("Apparent age", new() { Exact = true }).ClickAsync();

        await Assertions.Expect(page.Locator(".face-card .interval")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".pv-overlay .pv-box")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Copied_JSON_is_the_services_answer()
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "analyse");
        await page.Locator(".drop input[type=file]").First.SetInputFilesAsync(Astronaut);
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy JSON" }).ClickAsync();

        string text = await page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        using JsonDocument document = JsonDocument.Parse(text);
        Assert.Equal(512, document.RootElement.GetProperty("width").GetInt32());
        Assert.Equal(1, document.RootElement.GetProperty("faces").GetArrayLength());
    }

    [Fact]
    public async Task Several_pictures_are_a_batch_and_one_that_fails_does_not_end_it()
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "analyse");
        string broken = Path.Combine(Path.GetTempPath(), $"broken-{Guid.NewGuid():N}.jpg");
        await File.WriteAllTextAsync(broken, "no picture", TestContext.Current.CancellationToken);
        try
        {
            await page.Locator(".drop input[type=file]").First.SetInputFilesAsync([Astronaut, broken, Cat]);
            await Assertions.Expect(page.Locator(".thumb.done")).ToHaveCountAsync(2);
            await Assertions.Expect(page.Locator(".thumb.failed")).ToHaveCountAsync(1);
            await page.Locator(".thumb.failed").ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no picture that can be read");
        }
        finally
        {
            File.Delete(broken);
        }
    }

    [Fact]
    public async Task Picture_without_a_face_says_so()
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "analyse");
        await page.Locator(".drop input[type=file]").First.SetInputFilesAsync(Cat);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No face was found" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Picture_over_the_limit_is_refused_before_it_travels()
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "analyse");
        string large = Path.Combine(Path.GetTempPath(), $"large-{Guid.NewGuid():N}.jpg");
        await File.WriteAllBytesAsync(large, new byte[11_000_000], TestContext.Current.CancellationToken);
        try
        {
            await page.Locator(".drop input[type=file]").First.SetInputFilesAsync(large);
            await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("at most 10 MB");
        }
        finally
        {
            File.Delete(large);
        }
    }

    [Fact]
    public async Task Service_that_is_gone_is_told_and_can_be_tried_again()
    {
        await using Service service = await Service.StartAsync();
        IPage page = await OpenAsync(service, "analyse");
        service.Kill();
        await page.Locator(".drop input[type=file]").First.SetInputFilesAsync(Astronaut);
        ILocator alert = page.GetByRole(AriaRole.Alert);
        await Assertions.Expect(alert).ToContainTextAsync("does not answer");
        await Assertions.Expect(alert.GetByRole(AriaRole.Button, new() { Name = "Try again" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Batch_that_is_cancelled_keeps_what_is_done_and_goes_on_when_it_is_told_to()
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "analyse");
        TaskCompletionSource released = new();
        int sent = 0;
        await page.RouteAsync("**/v1/analyze*", async route =>
        {
            if (Interlocked.Increment(ref sent) == 2)
            {
                await released.Task;
                await route.AbortAsync();
            }
            else
                await route.ContinueAsync();
        });
        await page.Locator(".drop input[type=file]").First.SetInputFilesAsync([Astronaut, DimAstronaut, Cat]);
        await Assertions.Expect(page.Locator(".thumb.done")).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("1 of 3")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(page.Locator(".thumb.cancelled")).ToHaveCountAsync(2);
        await Assertions.Expect(page.GetByText("2 pictures not analysed.")).ToBeVisibleAsync();
        Assert.Equal("", await BarriersAsync(page));
        released.SetResult();

        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Assertions.Expect(page.Locator(".thumb.done")).ToHaveCountAsync(3);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Go on" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Picture_that_is_brought_later_is_the_one_that_is_shown()
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "analyse");
        await page.Locator(".drop input[type=file]").First.SetInputFilesAsync(Astronaut);
        await Assertions.Expect(page.Locator(".face-card")).ToHaveCountAsync(1);
        await page.Locator(".drop.compact input[type=file]").SetInputFilesAsync(Cat);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No face was found" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".thumb[aria-selected=true]")).ToContainTextAsync("chelsea.png");
    }
}
