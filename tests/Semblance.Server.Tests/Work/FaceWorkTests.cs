using Semblance.Server.Tests.Support;

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
}
