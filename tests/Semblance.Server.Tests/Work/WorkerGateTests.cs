using Semblance.Server.Work;

namespace Semblance.Server.Tests.Work;

public sealed class WorkerGateTests
{
    [Fact]
    public async Task Worker_is_waited_for_in_the_order_of_coming()
    {
        WorkerGate gate = new(1, 100);
        IDisposable first = await Enter(gate, 0);
        Task<IDisposable> second = Enter(gate, 0),
            third = Enter(gate, 0);
        Assert.False(second.IsCompleted || third.IsCompleted);
        first.Dispose();
        first.Dispose();
        using IDisposable entered = await second;
        Assert.False(third.IsCompleted);
        Assert.Equal(1, gate.Working);
    }

    [Fact]
    public async Task Large_picture_waits_for_room_and_some_smaller_ones_pass_it()
    {
        WorkerGate gate = new(4, 100);
        IDisposable first = await Enter(gate, 60);
        Task<IDisposable> large = Enter(gate, 50);
        for (int i = 0; i < 16; i++)
            (await Enter(gate, 40)).Dispose();
        Task<IDisposable> last = Enter(gate, 40);
        Assert.False(large.IsCompleted || last.IsCompleted);
        first.Dispose();
        using IDisposable entered = await large,
            behind = await last;
        Assert.Equal((2, 90), (gate.Working, gate.Pixels));
    }

    [Fact]
    public async Task Picture_beyond_the_budget_gets_all_of_it_alone()
    {
        WorkerGate gate = new(2, 100);
        IDisposable huge = await Enter(gate, 1000);
        Task<IDisposable> other = Enter(gate, 1);
        Assert.False(other.IsCompleted);
        huge.Dispose();
        (await other).Dispose();
        Assert.Equal((0, 0), (gate.Working, gate.Pixels));
    }

    [Fact]
    public async Task Who_goes_away_lets_those_behind_go_on()
    {
        WorkerGate gate = new(4, 100);
        using IDisposable first = await Enter(gate, 60);
        using CancellationTokenSource gone = new();
        Task<IDisposable> large = gate.EnterAsync(90, gone.Token);
        for (int i = 0; i < 16; i++)
            (await Enter(gate, 1)).Dispose();
        Task<IDisposable> small = Enter(gate, 40);
        Assert.False(small.IsCompleted);
        gone.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        (await small).Dispose();
        Assert.Equal((1, 60), (gate.Working, gate.Pixels));
    }

    private static Task<IDisposable> Enter(WorkerGate gate, long pixels) =>
        gate.EnterAsync(pixels, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
}
