namespace Semblance.Gallery;

/// <summary>How a person is enrolled.</summary>
public sealed record EnrolOptions
{
    /// <summary>The default options.</summary>
    public static EnrolOptions Default { get; } = new();

    /// <summary>What happens when somebody of that name is known.</summary>
    public KnownName KnownName { get; init; } = KnownName.AddReferences;
}

/// <summary>What happens when somebody of the name to be enrolled is known.</summary>
public enum KnownName
{
    /// <summary>The references are added to that person, whose other details stay; refused when several have the name.</summary>
    AddReferences,

    /// <summary>Another person of the same name is made.</summary>
    AnotherPerson,

    /// <summary>Refused.</summary>
    Refuse,
}
