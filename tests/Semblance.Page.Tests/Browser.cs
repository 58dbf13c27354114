using Microsoft.Playwright;

namespace Semblance.Page.Tests;

/// <summary>The system's Chromium, shared by all tests; tests are skipped where there is none.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
    ];

    private readonly List<IBrowser> _others = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Executable() is not { } path)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments });
    }

    /// <summary>A page of its own context: nothing is shared between tests.</summary>
    public Task<IPage> NewPageAsync(Screen screen)
    {
        SkipWithoutBrowser();
        return NewPageAsync(_browser!, screen);
    }

    /// <summary>A page of a browser of its own whose camera shows a film.</summary>
    /// <param name="screen">Size and colours.</param>
    /// <param name="film">Motion JPEG.</param>
    public async Task<IPage> NewPageAsync(Screen screen, string film)
    {
        SkipWithoutBrowser();
        IBrowser browser = await _playwright!.Chromium.LaunchAsync(
            new() { ExecutablePath = Executable(), Args = [.. Arguments, $"--use-file-for-fake-video-capture={film}"] }
        );
        _others.Add(browser);
        return await NewPageAsync(browser, screen);
    }

    private void SkipWithoutBrowser() =>
        Assert.SkipUnless(_browser is not null, "Chromium is not installed (Debian: chromium), or SEMBLANCE_CHROMIUM does not name it");

    private static async Task<IPage> NewPageAsync(IBrowser browser, Screen screen)
    {
        IBrowserContext context = await browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = screen.Width, Height = screen.Height },
                ColorScheme = screen.Dark ? ColorScheme.Dark : ColorScheme.Light,
                HasTouch = screen.Width < 500,
                Permissions = ["clipboard-read", "clipboard-write"],
            }
        );
        IPage page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        Assertions.SetDefaultExpectTimeout(60_000);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IBrowser other in _others)
            await other.CloseAsync();
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
    }

    private static string? Executable()
    {
        string?[] candidates =
        [
            Environment.GetEnvironmentVariable("SEMBLANCE_CHROMIUM"),
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
        ];
        return candidates.FirstOrDefault(File.Exists);
    }
}

/// <summary>Size of the window in CSS pixels, and whether the dark colours are asked for.</summary>
public sealed record Screen(int Width, int Height, bool Dark)
{
    public static Screen Desktop { get; } = new(1360, 880, Dark: false);
    public static Screen Phone { get; } = new(390, 844, Dark: false);
    public static Screen Tall { get; } = new(3840, 2160, Dark: true);
}
