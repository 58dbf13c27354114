using System.Globalization;
using BenchmarkDotNet.Running;
using Semblance.Benchmarks;

// Networks of the pack against unrewritten ones; the latter come from
//     dotnet run --project tools/ModelForge -- --originals artifacts/originals
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- networks artifacts/originals photo-with-one-face.jpg
// The index of the gallery against one pass over its float32 vectors (5 GB of memory and 2 GB of disk for a million):
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- search 1000000
// Clustering, and a gallery on a server with pgvector:
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- cluster 10000
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- postgres //user@host/database 100000
// Kernels, quickly:
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- --filter '*' --job short --inProcess
// OpenCV's natives need GTK 3 (Debian: libgtk-3-0). One photograph of your own instead of a made one: SEMBLANCE_BENCH_PHOTO=photo.jpg
if (args is ["networks", var originals, var photograph]) NetworkComparison.Run(originals, photograph);
else if (args is ["search", var references]) SearchComparison.Run(int.Parse(references, CultureInfo.InvariantCulture));
else if (args is ["cluster", var faces]) ClusteringBenchmark.Run(int.Parse(faces, CultureInfo.InvariantCulture));
else if (args is ["postgres", var location, var stored]) await PostgresComparison.RunAsync(location, int.Parse(stored, CultureInfo.InvariantCulture));
else BenchmarkSwitcher.FromAssembly(typeof(NetworkComparison).Assembly).Run(args);
