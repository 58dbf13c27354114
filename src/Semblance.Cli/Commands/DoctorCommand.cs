using System.CommandLine;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Microsoft.ML.OnnxRuntime;
using Semblance.Embedding;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance doctor</c>: what runs here.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Command command = new(
            "doctor",
            "Shows versions, processors, models, and whether they work. Exit code 5: something needed is broken.\n\nExample: semblance "
                + "doctor"
        );
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        bool healthy = true;
        Console.Out.WriteLine($"{"Semblance", -22} {ProductVersion.Text}");
        Console.Out.WriteLine(
            $"{".NET", -22} {RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription} "
                + $"({RuntimeInformation.RuntimeIdentifier})"
        );
        Console.Out.WriteLine($"{"processors", -22} {Environment.ProcessorCount}, {Instructions()}");
        Check("ONNX Runtime", () =>
            $"{OrtEnv.Instance().GetVersionString()}, providers: {string.Join(", ", OrtEnv.Instance().GetAvailableProviders())}"
        );
        foreach (ExecutionProvider provider in Enum.GetValues<ExecutionProvider>())
            Console.Out.WriteLine(
                $"  {"--device " + ExecutionProviders.NameOf(provider), -20} "
                    + $"{(ExecutionProviders.IsAvailable(provider) ? "there" : $"not there; {ExecutionProviders.HowToAdd(provider)}")}"
            );
        Check("SkiaSharp", () =>
        {
            using SkiaSharp.SKBitmap bitmap = new(8, 8);
            return $"{typeof(SkiaSharp.SKBitmap).Assembly.GetName().Version}, native code loads";
        });
        Check("home", () => $"{ModelCatalog.Home} ({HomeState()})");
        ModelCatalog catalog = ModelCatalog.Default;
        IReadOnlyList<InstalledModel> models = [];
        Check("models", () =>
        {
            models = catalog.List();
            return models.Count > 0
                ? $"{models.Count} in {string.Join(", ", catalog.Folders.Where(Directory.Exists))}"
                : throw new IOException($"none in {string.Join(", ", catalog.Folders)}");
        });
        foreach (InstalledModel model in models)
            Check("  " + model.Id, () => Try(model));
        foreach (ModelException unreadable in catalog.ListUnreadable())
            Check("  unreadable", () => throw unreadable);
        return (int)(healthy ? ExitCode.Done : ExitCode.Failed);

        void Check(string name, Func<string> look)
        {
            try
            {
                Console.Out.WriteLine($"{name, -22} {look()}");
            }
            catch (Exception e)
                when (e
                        is SemblanceException
                            or IOException
                            or UnauthorizedAccessException
                            or OnnxRuntimeException
                            or DllNotFoundException
                            or TypeInitializationException
                )
            {
                healthy = false;
                Console.Out.WriteLine($"{name, -22} BROKEN: {e.Message}");
            }
        }
    }

    private static string Try(InstalledModel model)
    {
        IReadOnlyList<string> altered = model.FindAlteredFiles();
        if (altered.Count > 0)
            throw new ModelException(model.Id, $"altered or missing: {string.Join(", ", altered)}");
        foreach (string role in model.NetworkRoles)
        {
            using SessionOptions options = SessionSettings.Create(new() { Threads = 1 });
            using InferenceSession session = new(model.PathOf(role), options);
        }
        _ = EmbeddingCohort.Of(model);
        return "unaltered, loads";
    }

    private static string HomeState()
    {
        if (!Directory.Exists(ModelCatalog.Home))
            return "not there yet";
        string probe = Path.Combine(ModelCatalog.Home, Path.GetRandomFileName());
        File.WriteAllText(probe, "");
        File.Delete(probe);
        return "writable";
    }

    private static string Instructions()
    {
        List<string> names = [];
        if (Avx2.IsSupported)
            names.Add("AVX2");
        if (Avx512F.IsSupported)
            names.Add("AVX-512");
        if (System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported)
            names.Add("AdvSimd");
        return names.Count == 0 ? "no vector instructions beyond the base set" : string.Join(", ", names);
    }
}
