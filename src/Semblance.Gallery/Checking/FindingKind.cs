namespace Semblance.Gallery.Checking;

/// <summary>What may be wrong in a gallery.</summary>
public enum FindingKind
{
    /// <summary>Two references of one person are as good as the same picture.</summary>
    Duplicate,

    /// <summary>A reference resembles none of the person's others, which resemble one another.</summary>
    Outlier,

    /// <summary>The references of one person fall into groups that do not resemble one another: several people under one name.</summary>
    SeveralPeopleUnderOneName,

    /// <summary>Two people resemble one another as references of one person do: one person under two names.</summary>
    OnePersonUnderTwoNames,

    /// <summary>A person has no reference, so they cannot be identified.</summary>
    NoReference,
}
