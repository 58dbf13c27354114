using Semblance.Attributes;
using Semblance.Server.Failures;

namespace Semblance.Server;

/// <summary>What the operator has switched off.</summary>
internal sealed class Policy(IReadOnlyList<string> disabled)
{
    private const string Attributes = "attributes",
        Identification = "identification";

    private static readonly Dictionary<string, FaceFeatures> Features = new(
        AttributeDescriptor
            .All.Select(attribute => KeyValuePair.Create(attribute.Name, attribute.Feature))
            .Prepend(new("quality", FaceFeatures.Quality))
            .Append(new("embedding", FaceFeatures.Embedding)),
        StringComparer.Ordinal
    );

    /// <summary>What can be switched off.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [.. AttributeDescriptor.All.Select(attribute => attribute.Name), Attributes, Identification];

    /// <summary>Names of all features.</summary>
    public static IReadOnlyCollection<string> AllFeatures => Features.Keys;

    /// <summary>Names of the features that can be asked for.</summary>
    public IReadOnlyList<string> Allowed => [.. Features.Keys.Where(IsAllowed)];

    /// <summary>Whether searches are possible.</summary>
    public bool Identifies => !disabled.Contains(Identification);

    /// <summary>Whether a feature may be computed.</summary>
    public bool IsAllowed(string feature) =>
        !disabled.Contains(feature) && !(feature is "age" or "gender" or "emotion" && disabled.Contains(Attributes));

    /// <summary>The feature of a name.</summary>
    /// <exception cref="RequestException">It is not known, or switched off.</exception>
    public FaceFeatures Feature(string name)
    {
        if (!Features.TryGetValue(name, out FaceFeatures feature))
            throw RequestException.BadRequest($"'{name}' is no feature; known are {string.Join(", ", Features.Keys)}");
        return IsAllowed(name)
            ? feature
            : throw new RequestException(403, "disabled", $"'{name}' is switched off by the operator of this service");
    }

    /// <summary>Refuses searches where they are switched off.</summary>
    public void RequireIdentification()
    {
        if (!Identifies)
            throw new RequestException(403, "disabled", "identification is switched off by the operator of this service");
    }
}
