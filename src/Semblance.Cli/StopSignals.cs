using System.Runtime.InteropServices;

namespace Semblance.Cli;

/// <summary>Ctrl-C and the request to end (SIGTERM: <c>kill</c>, a service manager, a closing session) end a program in order instead of at
/// once.</summary>
/// <param name="stop">What to do; called from a thread of its own, possibly several times.</param>
internal sealed class StopSignals(Action<PosixSignal> stop) : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations =
    [
        .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                stop(context.Signal);
            })),
    ];

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
    }
}
