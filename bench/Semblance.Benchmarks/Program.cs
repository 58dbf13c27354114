using BenchmarkDotNet.Running;
using Semblance.Benchmarks;

// Networks of the pack against unrewritten ones; the latter come from
//     dotnet run --project tools/ModelForge -- --originals artifacts/originals
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- networks artifacts/originals photo-with-one-face.jpg
// Kernels, quickly:
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- --filter '*' --job short --inProcess
// OpenCV's natives need GTK 3 (Debian: libgtk-3-0). One photograph of your own instead of a made one: SEMBLANCE_BENCH_PHOTO=photo.jpg
if (args is ["networks", var originals, var photograph]) NetworkComparison.Run(originals, photograph);
else BenchmarkSwitcher.FromAssembly(typeof(NetworkComparison).Assembly).Run(args);
