using Semblance.Evaluation.Running;
using Semblance.Training.Tests.Support;

namespace Semblance.Evaluation.Tests.Running;

public sealed class ResultCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Results_are_there_again_under_the_same_settings_alone()
    {
        using (ResultCache<DetectionRecord> cache = Open("a"))
            cache.Add(
                "01",
                new()
                {
                    Values =
                    [
                        [1, 2, 3, 4, 0.5f],
                    ],
                }
            );
        using ResultCache<DetectionRecord> same = Open("a"),
            other = Open("b");
        Assert.True(same.TryGet("01", out DetectionRecord? known));
        Assert.Equal([1, 2, 3, 4, 0.5f], known!.Values.Single());
        Assert.Equal(0, other.Count);
    }

    [Fact]
    public void Line_that_was_cut_off_is_done_again_and_the_others_stay()
    {
        using (ResultCache<DetectionRecord> cache = Open("a"))
            foreach (string hash in (string[])["01", "02", "03"])
                cache.Add(hash, new() { Milliseconds = 7 });
        string file = Directory.GetFiles(_folder.Path).Single();
        byte[] whole = File.ReadAllBytes(file);
        File.WriteAllBytes(file, whole[..^5]);
        using (ResultCache<DetectionRecord> cut = Open("a"))
        {
            Assert.Equal(2, cut.Count);
            cut.Add("03", new() { Milliseconds = 7 });
        }
        Assert.Equal(whole, File.ReadAllBytes(file));
    }

    [Fact]
    public void File_is_for_its_owner_alone()
    {
        using ResultCache<DetectionRecord> cache = Open("a");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(_folder.Path).Single()));
    }

    private ResultCache<DetectionRecord> Open(string settings) =>
        ResultCache.Open(_folder.Path, settings, RecordJson.Default.DetectionRecord);
}
