using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Semblance.Cli;

/// <summary>
/// Ctrl-C and the request to end (SIGTERM: <c>kill</c>, a service manager, a closing session) end a program in order: the first asks for
/// it, the second, or <see cref="Grace"/> after the first, ends the process at once.
/// </summary>
internal sealed partial class StopSignals : IDisposable
{
    /// <summary>How long the end in order may take.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private const int Cancelled = 130;

    private static readonly ConcurrentDictionary<Guid, string> Held = [];

    private readonly Action<PosixSignal> _stop;
    private readonly ManualResetEventSlim _ended = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _signals;

    /// <param name="stop">What every signal does; called from a thread of its own.</param>
    public StopSignals(Action<PosixSignal> stop)
    {
        _stop = stop;
        _registrations =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, context =>
                {
                    context.Cancel = true;
                    Receive(context.Signal);
                })),
        ];
    }

    /// <summary>
    /// Gives something that must not be cut off the time that it needs, until what is returned is disposed of: only a second signal ends
    /// the process meanwhile, and then says what is unfinished.
    /// </summary>
    /// <param name="unfinished">What it is, as it stands behind "unfinished: ".</param>
    public static IDisposable Hold(string unfinished)
    {
        Holding held = new(Guid.NewGuid());
        Held[held.Id] = unfinished;
        return held;
    }

    public void Dispose()
    {
        _ended.Set();
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
    }

    private void Receive(PosixSignal signal)
    {
        bool first = Interlocked.Increment(ref _signals) == 1;
        // Not the thread pool, which may be full of work.
        if (first)
            new Thread(EndAfterGrace) { IsBackground = true, Name = "end after grace" }.Start();
        _stop(signal);
        if (!first)
            EndNow();
    }

    private void EndAfterGrace()
    {
        while (!_ended.Wait(Grace))
        {
            if (Held.IsEmpty)
                EndNow();
        }
    }

    private static void EndNow()
    {
        foreach (string unfinished in Held.Values)
            Console.Error.WriteLine($"error: unfinished: {unfinished}");
        Console.Error.WriteLine("error: cancelled");
        // Without the clean-up of native libraries, whose threads are still at work and would crash on it.
        if (OperatingSystem.IsWindows())
            Environment.Exit(Cancelled);
        else
            ExitAtOnce(Cancelled);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitAtOnce(int code);

    private sealed class Holding(Guid id) : IDisposable
    {
        public Guid Id { get; } = id;

        public void Dispose() => Held.TryRemove(Id, out _);
    }
}
