using Semblance.Training.Tests.Support;
using Semblance.Training.Trainer;

namespace Semblance.Training.Tests.Trainer;

public sealed class MetricsLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lines_behind_the_checkpoint_go_when_a_run_is_resumed()
    {
        using (MetricsLog log = MetricsLog.Open(_folder["m.jsonl"], 0))
            for (int step = 1; step <= 4; step++)
                log.Write(step, new Dictionary<string, double> { ["loss"] = step / 2.0 });
        File.AppendAllText(_folder["m.jsonl"], "{\"step\":5,\"lo");
        MetricsLog.Open(_folder["m.jsonl"], 2).Dispose();
        Assert.Equal(["{\"step\":1,\"loss\":0.5}", "{\"step\":2,\"loss\":1}"], File.ReadAllLines(_folder["m.jsonl"]));
    }

    [Fact]
    public void Record_has_every_figure_by_step_when_it_is_read()
    {
        using (MetricsLog log = MetricsLog.Open(_folder["m.jsonl"], 0))
        {
            log.Write(0, new Dictionary<string, double> { ["lfw.accuracy"] = 0.9 });
            log.Write(10, new Dictionary<string, double> { ["loss"] = double.NaN });
            log.Write(20, new Dictionary<string, double> { ["loss"] = 3 });
            log.Write(20, new Dictionary<string, double> { ["lfw.accuracy"] = 0.95 });
        }
        RunRecord record = RunRecord.Read(_folder["m.jsonl"]);
        Assert.Equal([(20L, 3.0)], record.Series["loss"]);
        Assert.Equal(0.95, record.At("lfw.accuracy", 20));
        Assert.Null(record.At("lfw.accuracy", 10));
        Assert.Equal(["lfw.accuracy"], record.Measured);
    }
}
