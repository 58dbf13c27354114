using BenchmarkDotNet.Running;

// All of them, quickly:  dotnet run -c Release --project bench/Semblance.Benchmarks -- --filter '*' --job short --inProcess
// One photograph of your own instead of a made one: SEMBLANCE_BENCH_PHOTO=photo.jpg
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
