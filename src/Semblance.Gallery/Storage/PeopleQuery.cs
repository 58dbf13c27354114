namespace Semblance.Gallery.Storage;

/// <summary>Which people to list, and from where on.</summary>
public sealed record PeopleQuery
{
    /// <summary>People in a list where nothing is said.</summary>
    public const int DefaultLimit = 100;

    /// <summary>Most people in one list.</summary>
    public const int LargestLimit = 1000;

    /// <summary>Everybody who is known.</summary>
    public static PeopleQuery Default { get; } = new();

    /// <summary>Which kind.</summary>
    public PersonKind Kind { get; init; }

    /// <summary>Only people with this tag; null for all.</summary>
    public string? Tag { get; init; }

    /// <summary>Only people whose name contains this, upper and lower case of the letters A to Z taken as one; null for all.</summary>
    public string? NamePart { get; init; }

    /// <summary>People after this one; null from the first on.</summary>
    public Guid? After { get; init; }

    /// <summary>How many at most, 1 to <see cref="LargestLimit"/>.</summary>
    public int Limit { get; init; } = DefaultLimit;

    /// <summary>Names everything that is out of range.</summary>
    /// <exception cref="ArgumentException">Something is.</exception>
    public void Validate()
    {
        List<string> problems = [];
        if (Limit is < 1 or > LargestLimit)
            problems.Add(FormattableString.Invariant($"the limit is {Limit}; 1 to {LargestLimit} is possible"));
        if (!Enum.IsDefined(Kind))
            problems.Add(FormattableString.Invariant($"the kind {Kind} is not known"));
        if (Tag is { Length: 0 })
            problems.Add("the tag is empty");
        if (problems.Count > 0)
            throw new ArgumentException(string.Join("; ", problems));
    }
}
