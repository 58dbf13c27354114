namespace Semblance.Client;

/// <summary>What an enrolment did.</summary>
public sealed record EnrolmentAnswer
{
    /// <summary>Who.</summary>
    public required PersonAnswer Person { get; init; }

    /// <summary>Whether the person was made.</summary>
    public bool IsNew { get; init; }

    /// <summary>References that were added.</summary>
    public IReadOnlyList<ReferenceAnswer> Accepted { get; init; } = [];

    /// <summary>Pictures that were refused.</summary>
    public IReadOnlyList<RejectedPicture> Rejected { get; init; } = [];
}
