using System.Diagnostics;
using Microsoft.Playwright;

namespace Semblance.Page.Tests;

/// <summary>The page of a service with keys offers what the key may do.</summary>
public sealed class KeysTests(Browser browser) : PageTest(browser)
{
    [Fact]
    public async Task Key_that_may_look_is_offered_no_change_and_one_that_may_enrol_is()
    {
        string looks = "",
            enrols = "",
            analyses = "";
        await using Service service = await Service.StartAsync(
            (folder, _) =>
            {
                string file = Path.Combine(folder.FullName, "keys.json");
                looks = MakeKey(file, "viewer", "identify");
                enrols = MakeKey(file, "reception", "identify", "enrol");
                analyses = MakeKey(file, "lab", "analyse");
                return ["--keys", file];
            }
        );
        IPage page = await Browser.NewPageAsync(Screen.Desktop);
        await page.GotoAsync(new Uri(service.Address, "#/people").ToString());
        await EnterAsync(page, enrols);
        await Assertions.Expect(page.GetByText("Nobody is enrolled yet")).ToBeVisibleAsync();
        await EnrolAsync(page, "Ada Example", Astronaut);
        await page.Locator(".person-card").ClickAsync();
        foreach (string change in new[] { "Change", "Merge with…", "Forget", "Add pictures" })
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = change, Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Export" })).ToHaveCountAsync(0);

        page = await Browser.NewPageAsync(Screen.Desktop);
        await page.GotoAsync(new Uri(service.Address, "#/people").ToString());
        await EnterAsync(page, "smb_nonsense");
        await EnterAsync(page, looks);
        await Assertions.Expect(page.Locator("#nav a")).ToHaveTextAsync(["Find", "People", "Camera", "Settings"]);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Enrol a person" })).ToHaveCountAsync(0);
        await page.Locator(".person-card").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Ada Example" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".view button")).ToHaveCountAsync(0);
        Assert.Equal("", await BarriersAsync(page));

        page = await Browser.NewPageAsync(Screen.Desktop);
        await page.GotoAsync(service.Address.ToString());
        await EnterAsync(page, analyses);
        await Assertions.Expect(page.Locator("#nav a")).ToHaveTextAsync(["Analyse", "Compare", "Settings"]);
    }

    [Fact]
    public async Task Who_has_no_key_yet_is_asked_for_one_and_may_come_back_to_it()
    {
        (Service started, string looks) = await WithViewerAsync();
        await using Service service = started;
        IPage page = await Browser.NewPageAsync(Screen.Desktop);
        await page.GotoAsync(new Uri(service.Address, "#/people").ToString());
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "This service asks for a key" })).ToBeVisibleAsync();
        Assert.Equal("", await BarriersAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Enter the key" }).ClickAsync();
        await EnterAsync(page, looks);
        await Assertions.Expect(page.GetByText("Nobody is enrolled yet")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Log_of_looks_names_keys_and_is_open_to_administrators_alone()
    {
        string looks = "",
            rules = "";
        await using Service service = await Service.StartAsync(
            (folder, _) =>
            {
                string file = Path.Combine(folder.FullName, "keys.json");
                looks = MakeKey(file, "viewer", "identify");
                rules = MakeKey(file, "office", "identify", "enrol", "admin");
                return ["--keys", file];
            }
        );
        IPage page = await Browser.NewPageAsync(Screen.Desktop);
        await page.GotoAsync(new Uri(service.Address, "#/people").ToString());
        await EnterAsync(page, rules);
        await EnrolAsync(page, "Ada Example", Astronaut);

        IPage other = await Browser.NewPageAsync(Screen.Phone);
        await other.GotoAsync(new Uri(service.Address, "#/settings/access").ToString());
        await EnterAsync(other, looks);
        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Only administrators see this" })).ToBeVisibleAsync();
        Assert.Equal("", await BarriersAsync(other));
        await other.GetByRole(AriaRole.Link, new() { Name = "People" }).ClickAsync();
        await other.Locator(".person-card").ClickAsync();
        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Ada Example" })).ToBeVisibleAsync();
        await Assertions.Expect(other.GetByRole(AriaRole.Link, new() { Name = "Who looked" })).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Link, new() { Name = "Settings" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Who looked at whom" }).ClickAsync();
        await page.GetByLabel("Who", new() { Exact = true }).SelectOptionAsync("viewer");
        ILocator rows = page.Locator(".access-day li");
        await Assertions.Expect(rows.First).ToContainTextAsync("Looked at the record of Ada Example.");
        await Assertions.Expect(rows.Filter(new() { HasText = "office" })).ToHaveCountAsync(0);
        await Assertions.Expect(rows.Filter(new() { HasText = "viewer" })).Not.ToHaveCountAsync(0);
        Assert.Equal("", await BarriersAsync(page));
    }

    [Fact]
    public async Task Key_that_was_entered_is_not_asked_for_again_by_a_request_sent_before_it()
    {
        (Service started, string looks) = await WithViewerAsync();
        await using Service service = started;
        IPage page = await Browser.NewPageAsync(Screen.Desktop);
        TaskCompletionSource entered = new();
        int sent = 0;
        await page.RouteAsync("**/v1/settings*", async route =>
        {
            if (Interlocked.Increment(ref sent) == 1)
                await entered.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync(new Uri(service.Address, "#/people").ToString());
        await EnterAsync(page, looks);
        await Assertions.Expect(page.GetByText("Nobody is enrolled yet")).ToBeVisibleAsync();
        await page.RunAndWaitForResponseAsync(
            () =>
            {
                entered.SetResult();
                return Task.CompletedTask;
            },
            response => response.Url.Contains("/v1/settings", StringComparison.Ordinal) && response.Status == 401
        );
        await page.WaitForTimeoutAsync(500);
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    /// <summary>A service with one key, which may look at people, and that key.</summary>
    private static async Task<(Service Service, string Key)> WithViewerAsync()
    {
        string key = "";
        Service service = await Service.StartAsync(
            (folder, _) =>
            {
                string file = Path.Combine(folder.FullName, "keys.json");
                key = MakeKey(file, "viewer", "identify");
                return ["--keys", file];
            }
        );
        return (service, key);
    }

    private static async Task EnterAsync(IPage page, string key)
    {
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("input").FillAsync(key);
        await dialog.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(dialog.Locator($"input[value='{key}']")).ToHaveCountAsync(0);
    }

    private static string MakeKey(string file, string name, params string[] roles)
    {
        ProcessStartInfo start = new(
            Service.Executable,
            ["keys", "create", "--keys", file, "--name", name, .. roles.SelectMany(role => (string[])["--role", role])]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return text;
    }
}
