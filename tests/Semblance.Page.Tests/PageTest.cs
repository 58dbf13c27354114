using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Semblance.TestSupport;

[assembly: AssemblyFixture(typeof(Semblance.Page.Tests.Browser))]

namespace Semblance.Page.Tests;

/// <summary>What the page's tests share: pictures, steps, and a look at the page for people who cannot see it.</summary>
public abstract class PageTest(Browser browser)
{
    internal Browser Browser => browser;

    internal static string Astronaut { get; } = ReferenceData.Sample("astronaut.png");
    internal static string DimAstronaut { get; } = ReferenceData.Sample("astronaut-dim.jpg");
    internal static string Cat { get; } = ReferenceData.Sample("chelsea.png");

    /// <summary>Opens a view in a browser that has nothing in its cache.</summary>
    internal async Task<IPage> OpenAsync(Service service, string view, Screen? screen = null)
    {
        IPage page = await Browser.NewPageAsync(screen ?? Screen.Desktop);
        await page.GotoAsync(new Uri(service.Address, $"#/{view}").ToString());
        await page.Locator("main h1").First.WaitForAsync();
        return page;
    }

    internal static async Task EnrolAsync(IPage page, string name, params string[] pictures)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Enrol a person" }).First.ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync(name);
        await dialog.Locator("input[type=file]").SetInputFilesAsync(pictures);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Enrol", Exact = true }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
    }

    /// <summary>What axe finds against WCAG 2.2 A and AA, as text; empty when it finds nothing.</summary>
    internal static async Task<string> BarriersAsync(IPage page)
    {
        AxeResult result = await page.RunAxe(
            new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") }
        );
        return string.Join(
            '\n',
            result.Violations.Select(v => $"{v.Id}: {v.Help} ({string.Join(" | ", v.Nodes.Select(node => node.Html).Take(3))})")
        );
    }
}
