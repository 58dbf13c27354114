using Semblance.Load;

// dotnet run -c Release --project bench/Semblance.Load -- ADDRESS PICTURE… [--clients 200] [--seconds 60] [--side 640] [--library SECONDS] [--key KEY] [--process PID]
return await LoadRun.Parse(args).RunAsync();
