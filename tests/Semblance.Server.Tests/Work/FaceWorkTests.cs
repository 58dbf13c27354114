using Semblance.Server.Tests.Support;
using Semblance.Server.Work;
using Semblance.TestSupport;

namespace Semblance.Server.Tests.Work;

public sealed class FaceWorkTests
{
    [Fact]
    public async Task Who_brings_many_pictures_lets_others_in_between()
    {
        await using RunningService service = await RunningService.StartAsync((options, _) => options with { Workers = 1 });
        // All are read, and each is refused, since nobody is in them.
        (string, object)[] fields = [("name", "Nobody"), .. Enumerable.Repeat<(string, object)>(("image", Pictures.Cat), 60)];
        Task<HttpResponseMessage> many = service.Http.PostAsync("/v1/people", Pictures.Form(fields));
        while (service.Service.Parts.Work.Queue.Working == 0)
            await Task.Delay(5);
        await service.Http.PostAsync("/v1/detect", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        Assert.False(many.IsCompleted);
        Assert.Equal(60, (await many.JsonAsync(422)).GetProperty("rejected").GetArrayLength());
    }

    [Fact]
    public async Task Pictures_that_are_worked_on_together_have_no_more_pixels_than_the_budget()
    {
        // Four workers, and room for one of these pictures.
        await using RunningService service = await RunningService.StartAsync(
            (options, _) =>
                options with
                {
                    Workers = 4,
                    Limits = new() { Pixels = 4_000_000, PixelsTogether = 4_000_000 },
                }
        );
        byte[] large = PngWriter.Write(2000, 1900, 8, PngWriter.Gray, [.. Enumerable.Repeat(new byte[2000], 1900)]);
        WorkQueue queue = service.Service.Parts.Work.Queue;
        Task<HttpResponseMessage>[] detected =
        [
            .. Enumerable.Range(0, 3).Select(_ => service.Http.PostAsync("/v1/detect", Pictures.Form(("image", large)))),
            service.Http.PostAsync("/v1/verify", Pictures.Form(("a", large), ("b", large))),
            service.Http.PostAsync("/v1/people", Pictures.Form(("name", "Nobody"), ("image", large))),
        ];
        Task all = Task.WhenAll(detected);
        HashSet<long> seen = [];
        while (!all.IsCompleted)
        {
            seen.Add(queue.Pixels);
            await Task.Delay(1);
        }
        Assert.Equal([0, 3_800_000], seen.Order());
        Assert.Equal([200, 200, 200, 422, 422], detected.Select(task => (int)task.Result.StatusCode));
        Assert.Equal(0, queue.Pixels);
    }
}
