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

    /// <summary>Details of a reference were changed.</summary>
    ReferenceUpdated,

    /// <summary>References went to another person.</summary>
    ReferencesMovedAway,

    /// <summary>References came from another person.</summary>
    ReferencesMovedHere,

    /// <summary>A person was removed after all references had gone to another person.</summary>
    PersonMerged,

    /// <summary>What is held about a person was bound to the log, because it was enrolled before there were digests or all references were
    /// computed anew.</summary>
    PersonBound,

    /// <summary>Baselines were computed anew, or people of before there were digests were bound to the log.</summary>
    Upgraded,

    /// <summary>The gallery was made from a backup.</summary>
    Restored,

    /// <summary>The newest change of a person was taken back.</summary>
    Undone,

    /// <summary>A person who had been merged into another is there again, because the merge was taken back.</summary>
    PersonReturned,
}
