using System.Reflection;

namespace Semblance.Cli;

/// <summary>The version of this build.</summary>
internal static class ProductVersion
{
    public static string Text =>
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
