using System.Reflection;
using System.Runtime.InteropServices;

namespace Semblance;

/// <summary>
/// A native library that this one stands on is missing or of another version. The packages of this project bring none of them along, so
/// that a program chooses the one for its system and processor.
/// </summary>
public sealed class NativeLibraryException : SemblanceException
{
    private NativeLibraryException(string library, string package, string version, Exception inner)
        : base($"the native library of {library} is missing or of another version ({Innermost(inner).Message})", inner)
    {
        (Library, Package, PackageVersion) = (library, package, version);
        Remedy = $"add the package {package} {version} to the program";
    }

    /// <summary>What it belongs to.</summary>
    public string Library { get; }

    /// <summary>The package that brings it for this system.</summary>
    public string Package { get; }

    /// <summary>The version of the package that fits.</summary>
    public string PackageVersion { get; }

    /// <inheritdoc/>
    public override string Code => "native-library";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.Usage;

    /// <summary>Whether an error is that of a native library that cannot be loaded.</summary>
    internal static bool IsCause(Exception error) =>
        error is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException;

    /// <summary>The runtime of the networks.</summary>
    internal static NativeLibraryException OnnxRuntime(Exception cause) =>
        new("ONNX Runtime", "Microsoft.ML.OnnxRuntime", VersionOf(typeof(Microsoft.ML.OnnxRuntime.InferenceSession)), cause);

    /// <summary>The decoders.</summary>
    internal static NativeLibraryException SkiaSharp(Exception cause) =>
        new(
            "SkiaSharp",
            RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "SkiaSharp.NativeAssets.Win32"
                : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "SkiaSharp.NativeAssets.macOS"
                : "SkiaSharp.NativeAssets.Linux.NoDependencies",
            VersionOf(typeof(global::SkiaSharp.SKCodec)),
            cause
        );

    /// <summary>The package's version, as the assembly was built with.</summary>
    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+', '-')[0]
        ?? type.Assembly.GetName().Version!.ToString(3);

    private static Exception Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
            error = inner;
        return error;
    }
}
