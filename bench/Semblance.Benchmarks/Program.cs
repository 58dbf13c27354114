using BenchmarkDotNet.Running;

// All of them, quickly:  dotnet run -c Release --project bench/Semblance.Benchmarks -- --filter '*' --job short --inProcess
// OpenCV's natives need GTK 3 (Debian: libgtk-3-0).
// One photograph of your own instead of a made one: SEMBLANCE_BENCH_PHOTO=photo.jpg
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
