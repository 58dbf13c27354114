namespace Semblance.Server.Keys;

/// <summary>What a key may do.</summary>
[Flags]
public enum KeyRoles
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Detect, embed, verify, attributes: pictures in, answers about those pictures out.</summary>
    Analyse = 1,

    /// <summary>Search galleries, verify against people in them, look at people.</summary>
    Identify = 2,

    /// <summary>Enrol, change and remove people and references.</summary>
    Enrol = 4,

    /// <summary>Delete all, export, audit, settings and keys.</summary>
    Admin = 8,

    /// <summary>Everything.</summary>
    All = Analyse | Identify | Enrol | Admin,
}
