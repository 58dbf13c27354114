using System.Globalization;
using BenchmarkDotNet.Running;
using Semblance.Benchmarks;

// Networks of the pack against unrewritten ones; the latter come from
//     dotnet run --project tools/ModelForge -- --originals artifacts/originals
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- networks artifacts/originals photo-with-one-face.jpg
// The index of the gallery against one pass over its float32 vectors (5 GB of memory and 2 GB of disk for a million):
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- search 1000000
// Kernels, quickly:
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- --filter '*' --job short --inProcess
// OpenCV's natives need GTK 3 (Debian: libgtk-3-0). One photograph of your own instead of a made one: SEMBLANCE_BENCH_PHOTO=photo.jpg
if (args is ["networks", var originals, var photograph]) NetworkComparison.Run(originals, photograph);
else if (args is ["search", var references]) SearchComparison.Run(int.Parse(references, CultureInfo.InvariantCulture));
else BenchmarkSwitcher.FromAssembly(typeof(NetworkComparison).Assembly).Run(args);
