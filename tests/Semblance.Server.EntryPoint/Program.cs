using Semblance.Server;
using Semblance.Server.EntryPoint;

// The service and nothing else, for tests that start an entry point and put a server without sockets into it. The arguments that they add
// are not the service's; its settings come from whoever starts it.
ServiceRun run = ServiceRun.Starting;
try
{
    await using SemblanceService service = await SemblanceService.CreateAsync(run.Options);
    run.Service = service;
    await service.StartAsync();
    await run.Ending;
}
finally
{
    run.HasEnded();
}
