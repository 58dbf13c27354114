using Microsoft.Playwright;

namespace Semblance.Page.Tests;

public sealed class DeliveryTests(Browser browser, SharedService shared) : PageTest(browser)
{
    [Fact]
    public async Task First_view_takes_under_150_kB_from_the_service_alone()
    {
        Service service = await shared.GetAsync();
        IPage page = await Browser.NewPageAsync(Screen.Desktop);
        List<IResponse> answers = [];
        page.Response += (_, response) => answers.Add(response);
        await page.GotoAsync(service.Address.ToString());
        await page.Locator(".view-analyse h1").WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        long bytes = 0;
        foreach (IResponse answer in answers)
        {
            Assert.Equal(service.Address.Authority, new Uri(answer.Url).Authority);
            if (answer.Status == 200)
                bytes += (await answer.BodyAsync()).Length;
        }
        Assert.InRange(bytes, 20_000, 150_000);
    }

    [Fact]
    public async Task Page_runs_under_a_policy_without_inline_or_foreign_code()
    {
        Service service = await shared.GetAsync();
        using HttpClient client = new() { BaseAddress = service.Address };
        HttpResponseMessage answer = await client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        string policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Theme_that_was_chosen_stays()
    {
        Service service = await shared.GetAsync();
        IPage page = await OpenAsync(service, "settings");
        await page.GetByLabel("Appearance", new() { Exact = true }).SelectOptionAsync("dark");
        await page.ReloadAsync();
        await page.Locator("main h1").First.WaitForAsync();
        Assert.Equal("dark", await page.EvaluateAsync<string>("() => document.documentElement.dataset.theme"));
    }
}
