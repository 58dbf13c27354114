using System.Globalization;
using BenchmarkDotNet.Running;
using Semblance.Benchmarks;
using Semblance.Benchmarks.Quantization;
using Semblance.Benchmarks.Robustness;
using Semblance.Evaluation.Degrading;

// Networks of the pack against unrewritten ones; the latter come from
//     dotnet run --project tools/ModelForge -- --originals artifacts/originals
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- networks artifacts/originals photo-with-one-face.jpg
// The index of the gallery against one pass over its float32 vectors (5 GB of memory and 2 GB of disk for a million):
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- search 1000000
// A gallery in an SQLite file; it is made when it is not there (3 GB of disk for a million, as much again while it is built anew):
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- store artifacts/million.db 1000000
// Clustering, and a gallery on a server with pgvector:
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- cluster 10000
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- postgres //user@host/database 100000
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- postgres //user@host/database folder-with-photographs
// Imported networks against those that PyTorch's exporter writes, all or the ones named:
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- imported adaface-ir50 iresnet-50
// Memory of an import, in two runs:
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- import-write artifacts/checkpoint.ckpt adaface-ir101 700000000
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- import-memory artifacts/checkpoint.ckpt
// The attribute stage against its own networks and one embedding; and head pose and landmarks on CFP's pictures:
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- attributes photo-with-one-face.jpg
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- geometry mtcnn cfp-folder
// Age, gender and expression beside an embedding, also with other age models, named by id or folder:
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- attribute-cost photo-with-one-face.jpg other/age-gender
// Turned and mirrored copies of photographs, and what looking for turned faces costs:
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- turned mtcnn folder-with-photographs
// What the quality score and the embedding's norm are worth, by leaving the worst pictures out; one folder a person, e.g. 100 of them,
// as they are and with copies that are made worse:
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- quality mtcnn cfp-folder 100
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- quality mtcnn lfw-folder 500 blur:4 size:28 jpeg:8 noise:25 mask
// Damaged pictures and galleries, hostile requests, altered weights, and killed commands; pictures of one person each:
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- mutated-pictures folder 10000
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- mutated-galleries folder 500
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- hostile-requests folder 10000
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- hostile-checkpoints folder-with-weights 200
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- killed-commands folder 200
// A detector of the pack in 8 bits, its steps chosen by the pictures of a folder: size, time, average precision on labelled pictures:
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- quantized retinaface-wider wider-train wider_val50_bbx_gt.txt
// All pairs of an evaluation against their bare inner products (14,143 faces are 10^8 comparisons):
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- pairs 14143
// Kernels, quickly:
//     dotnet run -c Release --project bench/Semblance.Benchmarks -- --filter '*' --job short --inProcess
// OpenCV's natives need GTK 3 (Debian: libgtk-3-0). One photograph of your own instead of a made one: SEMBLANCE_BENCH_PHOTO=photo.jpg
switch (args)
{
    case ["networks", var originals, var photograph]:
        NetworkComparison.Run(originals, photograph);
        break;
    case ["quantized", var detector, var calibration, var labels]:
        QuantizationMeasurement.Run(detector, calibration, labels);
        break;
    case ["search", var references]:
        SearchComparison.Run(int.Parse(references, CultureInfo.InvariantCulture));
        break;
    case ["store", var file, var held]:
        await StoreBenchmark.RunAsync(file, int.Parse(held, CultureInfo.InvariantCulture));
        break;
    case ["cluster", var faces]:
        ClusteringBenchmark.Run(int.Parse(faces, CultureInfo.InvariantCulture));
        break;
    case ["postgres", var location, var pictures] when Directory.Exists(pictures):
        await PostgresComparison.RunAsync(location, pictures);
        break;
    case ["postgres", var location, var stored]:
        await PostgresComparison.RunAsync(location, int.Parse(stored, CultureInfo.InvariantCulture));
        break;
    case ["imported", .. var ids]:
        ImportedNetworks.Run(ids);
        break;
    case ["import-write", var path, var architecture, var size]:
        ImportMemory.Write(path, architecture, long.Parse(size, CultureInfo.InvariantCulture));
        break;
    case ["import-memory", var path]:
        ImportMemory.Read(path);
        break;
    case ["attributes", var photograph]:
        AttributeComparison.Run(photograph);
        break;
    case ["attribute-cost", var photograph, .. var models]:
        AttributeCost.Run(photograph, models);
        break;
    case ["pairs", var compared]:
        PairsBenchmark.Run(int.Parse(compared, CultureInfo.InvariantCulture));
        break;
    case ["geometry", var detector, var folder]:
        GeometryMeasurement.Run(detector, folder);
        break;
    case ["turned", var detector, var photographs]:
        TurnedMeasurement.Run(detector, photographs);
        break;
    case ["quality", var detector, var folder, var people, .. var conditions]:
        QualityMeasurement.Run(
            detector,
            folder,
            int.Parse(people, CultureInfo.InvariantCulture),
            [.. conditions.Select(PictureDegradation.Parse)]
        );
        break;
    case ["mutated-pictures", var folder, var count]:
        await MutatedPictures.RunAsync(folder, int.Parse(count, CultureInfo.InvariantCulture));
        break;
    case ["mutated-galleries", var folder, var count]:
        await MutatedGalleries.RunAsync(folder, int.Parse(count, CultureInfo.InvariantCulture));
        break;
    case ["hostile-requests", var folder, var count]:
        await HostileRequests.RunAsync(folder, int.Parse(count, CultureInfo.InvariantCulture));
        break;
    case ["hostile-checkpoints", var folder, var count]:
        await HostileCheckpoints.RunAsync(folder, int.Parse(count, CultureInfo.InvariantCulture));
        break;
    case ["killed-commands", var folder, var count]:
        await KilledCommands.RunAsync(folder, int.Parse(count, CultureInfo.InvariantCulture));
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(NetworkComparison).Assembly).Run(args);
        break;
}
