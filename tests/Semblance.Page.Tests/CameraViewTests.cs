using Microsoft.Playwright;
using SkiaSharp;

namespace Semblance.Page.Tests;

/// <summary>A browser whose camera shows a photograph.</summary>
public sealed class CameraViewTests(Browser browser) : PageTest(browser)
{
    [Fact]
    public async Task Name_stays_with_the_face_in_front_of_the_camera_until_it_is_stopped()
    {
        string film = Film(Astronaut);
        try
        {
            await using Service service = await Service.StartAsync();
            IPage page = await Browser.NewPageAsync(Screen.Desktop, film);
            await page.GotoAsync(new Uri(service.Address, "#/people").ToString());
            await EnrolAsync(page, "Ada Example", DimAstronaut);
            await page.GetByRole(AriaRole.Link, new() { Name = "Camera" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Start the camera" }).ClickAsync();
            await Assertions.Expect(page.Locator(".camera-consent")).ToBeVisibleAsync();
            ILocator label = page.Locator(".camera-overlay text");
            await Assertions.Expect(label).ToHaveTextAsync("Ada Example");
            await Assertions.Expect(page.Locator(".view-camera [role=status]")).ToHaveTextAsync("Ada Example");
            await Assertions.Expect(page.GetByText("frames a second")).ToBeVisibleAsync();
            // The box lies on the face, wherever the picture is shown.
            LocatorBoundingBoxResult box = await PlaceOfAsync(page.Locator(".camera-overlay rect.pv-box")),
                screen = await PlaceOfAsync(page.Locator(".camera-screen"));
            Assert.InRange((box.X + box.Width / 2 - screen.X) / screen.Width, 0.25, 0.65);
            Assert.InRange((box.Y + box.Height / 2 - screen.Y) / screen.Height, 0.1, 0.5);
            for (int i = 0; i < 5; i++)
            {
                await page.WaitForTimeoutAsync(400);
                Assert.Equal(["Ada Example"], await label.AllTextContentsAsync());
            }
            Assert.Equal("", await BarriersAsync(page));
            await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
            await Assertions.Expect(page.Locator(".camera-screen")).ToBeHiddenAsync();
        }
        finally
        {
            File.Delete(film);
        }
    }

    [Fact]
    public async Task Picture_taken_with_the_camera_is_analysed()
    {
        string film = Film(Astronaut);
        try
        {
            await using Service service = await Service.StartAsync();
            IPage page = await Browser.NewPageAsync(Screen.Phone, film);
            await page.GotoAsync(new Uri(service.Address, "#/analyse").ToString());
            await page.GetByRole(AriaRole.Button, new() { Name = "Use the camera" }).First.ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Take the picture" }).ClickAsync();
            await Assertions.Expect(page.Locator(".face-card")).ToHaveCountAsync(1);
        }
        finally
        {
            File.Delete(film);
        }
    }

    [Fact]
    public async Task Nothing_can_be_taken_before_the_camera_has_given_a_picture()
    {
        await using Service service = await Service.StartAsync();
        IPage page = await Browser.NewPageAsync(Screen.Phone);
        await page.AddInitScriptAsync("navigator.mediaDevices.getUserMedia = async () => new MediaStream();");
        await page.GotoAsync(new Uri(service.Address, "#/analyse").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Use the camera" }).First.ClickAsync();
        await page.WaitForFunctionAsync("document.querySelector('video.snapshot')?.srcObject");
        await page.WaitForTimeoutAsync(200);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take the picture" })).ToBeDisabledAsync();
    }

    /// <summary>Where something is that is drawn anew for every frame, so that it may just have gone.</summary>
    private static async Task<LocatorBoundingBoxResult> PlaceOfAsync(ILocator drawn)
    {
        for (int tries = 0; tries < 50; tries++)
            if (await drawn.BoundingBoxAsync() is { } place)
                return place;
        throw new InvalidOperationException("nothing was drawn");
    }

    /// <summary>Motion JPEG of one photograph, as a camera would give it: 640 by 480, the photograph in the middle.</summary>
    private static string Film(string photograph)
    {
        using SKBitmap picture = SKBitmap.Decode(photograph);
        using SKBitmap frame = new(640, 480);
        using (SKCanvas canvas = new(frame))
        {
            canvas.Clear(SKColors.Gray);
            canvas.DrawBitmap(picture, SKRect.Create(80, 0, 480, 480), new SKSamplingOptions(SKCubicResampler.Mitchell));
        }
        using SKData jpeg = frame.Encode(SKEncodedImageFormat.Jpeg, 92);
        string film = Path.Combine(Path.GetTempPath(), $"film-{Guid.NewGuid():N}.mjpeg");
        using FileStream stream = File.Create(film);
        for (int i = 0; i < 10; i++)
            jpeg.SaveTo(stream);
        return film;
    }
}
