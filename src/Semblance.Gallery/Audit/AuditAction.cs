namespace Semblance.Gallery.Audit;

/// <summary>What an audit entry is about.</summary>
public enum AuditAction
{
    /// <summary>The gallery was created.</summary>
    Created,

    /// <summary>A person was enrolled.</summary>
    PersonEnrolled,

    /// <summary>References were added.</summary>
    ReferencesAdded,

    /// <summary>A person's details were changed.</summary>
    PersonUpdated,

    /// <summary>References were removed.</summary>
    ReferencesRemoved,

    /// <summary>A person was removed with everything held about them.</summary>
    PersonRemoved,

    /// <summary>A person was removed because they had expired.</summary>
    PersonExpired,

    /// <summary>Everything held about a person was handed out.</summary>
    PersonExported,

    /// <summary>All references were embedded anew by another embedder.</summary>
    Reembedded,

    /// <summary>The encryption key was replaced.</summary>
    KeyRotated,
}
