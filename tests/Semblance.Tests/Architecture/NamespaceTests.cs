using Semblance.TestSupport.Architecture;

namespace Semblance.Tests.Architecture;

/// <summary>Which namespace of the library may know which, as CONTRIBUTING.md draws it: arrows point down, never up or round.</summary>
public sealed class NamespaceTests
{
    /// <summary>From the floor up. A namespace may know those on lower lines; those on one line know nothing of one another. Namespaces
    /// inside one of these belong to it, unless they have a line of their own.</summary>
    private static readonly string[][] Floors =
    [
        ["Semblance.Statistics", "Semblance.Writing", "Semblance.Files", "Semblance.Diagnostics"],
        ["Semblance.Geometry"],
        ["Semblance.Imaging"],
        ["Semblance.Models"],
        ["Semblance.Runtime"],
        ["Semblance.Detection"],
        ["Semblance.Alignment"],
        ["Semblance.Embedding"],
        ["Semblance.Quality"],
        ["Semblance.Attributes", "Semblance.Matching"],
        ["Semblance.Models.Importing"],
        ["Semblance.Models.Installing"],
        ["Semblance.Models.Pulling"],
        ["Semblance.Annotation"],
        ["Semblance"],
        ["Semblance.Json"],
        ["Semblance.Caching", "Semblance.Hiding"],
    ];

    /// <summary>Words of the root that everybody may use: what can go wrong, what can be asked for, how long it took.</summary>
    private static readonly HashSet<string> Vocabulary =
    [
        "Semblance.SemblanceException",
        "Semblance.ErrorCategory",
        "Semblance.NativeLibraryException",
        "Semblance.NoLandmarksException",
        "Semblance.FaceFeatures",
        "Semblance.StageTimings",
    ];

    private static readonly NamespaceGraph Graph = NamespaceGraph.Of(typeof(FaceAnalyzer).Assembly.Location);

    [Fact]
    public void Every_namespace_has_its_floor() => Assert.DoesNotContain(Graph.Namespaces, name => FloorOf(name) is null);

    [Fact]
    public void No_namespace_knows_one_above_it_or_beside_it() =>
        Assert.Empty(
            from edge in Graph.Edges
            let user = FloorOf(edge.Key.From)
            let used = FloorOf(edge.Key.To)
            where user?.Name != used?.Name && !(used?.Floor < user?.Floor)
            from use in edge.Value
            where !Vocabulary.Contains(use.Split(" -> ")[1])
            select use
        );

    [Fact]
    public void The_vocabulary_of_the_root_knows_nothing_else() =>
        Assert.Empty(
            from edge in Graph.Edges
            where edge.Key.From == "Semblance"
            from use in edge.Value
            where Vocabulary.Contains(use.Split(" -> ")[0])
            select use
        );

    [Fact]
    public void Uses_are_seen_in_members_and_in_the_instructions_of_methods()
    {
        Assert.Contains("Semblance.Geometry.LandmarksSource -> Semblance.Writing.KebabCaseEnumConverter`1", Uses("Geometry", "Writing"));
        Assert.Contains("Semblance.Runtime.NetworkSession -> Semblance.Models.ModelException", Uses("Runtime", "Models"));
        Assert.Contains("Semblance.Imaging.EncodedBytes -> Semblance.Files.RegularFile", Uses("Imaging", "Files"));

        static HashSet<string> Uses(string from, string to) => Graph.Edges[($"Semblance.{from}", $"Semblance.{to}")];
    }

    private static (int Floor, string Name)? FloorOf(string name) =>
        Floors
            .Index()
            .SelectMany(floor => floor.Item.Select(at => (floor.Index, Name: at)))
            .Where(at => at.Name == name || (at.Name != "Semblance" && name.StartsWith(at.Name + ".", StringComparison.Ordinal)))
            .OrderByDescending(at => at.Name.Length)
            .Select(at => ((int, string)?)at)
            .FirstOrDefault();
}
