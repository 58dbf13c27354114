using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Semblance.Cli.Tests.Architecture;

/// <summary>Files of others are opened by <see cref="Files.RegularFile"/>, which waits for no pipe and knows a limit, and folders are listed
/// by <see cref="Files.FolderFiles"/>, which visits each once.</summary>
public sealed class FileReadingTests
{
    private static readonly HashSet<string> Reading =
    [
        "ReadAllBytes",
        "ReadAllBytesAsync",
        "ReadAllText",
        "ReadAllTextAsync",
        "ReadAllLines",
        "ReadAllLinesAsync",
        "ReadLines",
        "ReadLinesAsync",
        "OpenRead",
        "OpenText",
    ];

    /// <summary>The client knows no other assembly, nor does the reading of checkpoints, whose files the commands look at before.</summary>
    private static readonly HashSet<string> Exempt = ["Semblance.Client", "Semblance.Conversion"];

    public static TheoryData<string> Assemblies =>
        [
            .. Directory
                .GetFiles(AppContext.BaseDirectory, "Semblance*.dll")
                .Select(file => Path.GetFileNameWithoutExtension(file))
                .Where(name => !name.EndsWith("Tests", StringComparison.Ordinal) && !Exempt.Contains(name)),
        ];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Files_are_read_in_one_way(string assembly)
    {
        using PEReader file = new(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")));
        MetadataReader metadata = file.GetMetadataReader();

        Assert.DoesNotContain(metadata.MemberReferences.Select(metadata.GetMemberReference), member =>
            member.Parent.Kind == HandleKind.TypeReference
            && metadata.GetTypeReference((TypeReferenceHandle)member.Parent) is var type
            && metadata.GetString(type.Namespace) == "System.IO"
            && metadata.GetString(type.Name) == "File"
            && Reading.Contains(metadata.GetString(member.Name))
        );
    }
}
