namespace Semblance.Client;

/// <summary>What was found in a picture.</summary>
public sealed record PictureAnswer
{
    /// <summary>What the picture was called.</summary>
    public required string Input { get; init; }

    /// <summary>Width of the upright picture in pixels; null when it could not be read.</summary>
    public int? Width { get; init; }

    /// <summary>Height of the upright picture in pixels; null when it could not be read.</summary>
    public int? Height { get; init; }

    /// <summary>The faces; null when the picture could not be read.</summary>
    public IReadOnlyList<FaceAnswer>? Faces { get; init; }

    /// <summary>Why the picture could not be analysed; only in batches.</summary>
    public ErrorAnswer? Error { get; init; }

    /// <summary>Names the request in the service's logs; null in batches.</summary>
    public string? RequestId { get; init; }
}

/// <summary>Why a picture of a batch could not be analysed.</summary>
/// <param name="Code">Stable name for programs.</param>
/// <param name="Message">In words.</param>
public sealed record ErrorAnswer(string Code, string Message);

/// <summary>A face. What was not asked for is null.</summary>
public sealed record FaceAnswer
{
    /// <summary>Where it is, in pixels of the upright picture.</summary>
    public required BoxAnswer Box { get; init; }

    /// <summary>The detector's confidence, 0 to 1.</summary>
    public double Score { get; init; }

    /// <summary>Right eye, left eye, nose tip, right and left mouth corner of the person, each x and y.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Landmarks { get; init; } = [];

    /// <summary>How usable the face is.</summary>
    public QualityAnswer? Quality { get; init; }

    /// <summary>The vector.</summary>
    public EmbeddingAnswer? Embedding { get; init; }

    /// <summary>Apparent age.</summary>
    public AgeAnswer? Age { get; init; }

    /// <summary>Perceived gender.</summary>
    public GenderAnswer? Gender { get; init; }

    /// <summary>Expression.</summary>
    public EmotionAnswer? Emotion { get; init; }

    /// <summary>Who it is, or why nobody is named.</summary>
    public KnownAnswer? Person { get; init; }
}

/// <summary>A box.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
public sealed record BoxAnswer(double X, double Y, double Width, double Height);

/// <summary>How usable a face is.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Reasons">What lowers it.</param>
public sealed record QualityAnswer(double Score, IReadOnlyList<string> Reasons);

/// <summary>A vector.</summary>
/// <param name="Model">What made it.</param>
/// <param name="Contract">Which vectors may be compared.</param>
/// <param name="Norm">Length before normalising.</param>
/// <param name="Vector">The components.</param>
public sealed record EmbeddingAnswer(string Model, string Contract, double Norm, IReadOnlyList<float> Vector);

/// <summary>Apparent age.</summary>
/// <param name="Years">Expected age; null when unknown.</param>
/// <param name="Interval80">Lowest and highest age.</param>
/// <param name="Unknown">Why it cannot be judged.</param>
public sealed record AgeAnswer(double? Years, IReadOnlyList<double>? Interval80, string? Unknown);

/// <summary>Perceived gender.</summary>
/// <param name="Label"><c>female</c> or <c>male</c>; null when unknown.</param>
/// <param name="Probability">Of the label.</param>
/// <param name="Unknown">Why it cannot be judged.</param>
public sealed record GenderAnswer(string? Label, double? Probability, string? Unknown);

/// <summary>Expression.</summary>
/// <param name="Label">The most probable; null when unknown.</param>
/// <param name="Probabilities">By name.</param>
/// <param name="Unknown">Why it cannot be judged.</param>
public sealed record EmotionAnswer(string? Label, IReadOnlyDictionary<string, double>? Probabilities, string? Unknown);

/// <summary>Who a face is.</summary>
/// <param name="Id">The person's id; null for nobody.</param>
/// <param name="Name">The person's name; null for nobody.</param>
/// <param name="Similarity">Cosine; null for nobody.</param>
/// <param name="Probability">That it is this person; null for nobody.</param>
/// <param name="Unknown">Why nobody is named.</param>
/// <param name="CannotTell">Why the picture does not allow an answer.</param>
public sealed record KnownAnswer(Guid? Id, string? Name, double? Similarity, double? Probability, string? Unknown, string? CannotTell);

/// <summary>Whether two pictures show one person.</summary>
public sealed record VerificationAnswer
{
    /// <summary>They do.</summary>
    public bool Match { get; init; }

    /// <summary><c>same</c>, <c>different</c> or <c>cannot-tell</c>; null from services that know two answers.</summary>
    public string? Decision { get; init; }

    /// <summary>Cosine, -1 to 1.</summary>
    public double Similarity { get; init; }

    /// <summary>What counts as a match.</summary>
    public double Threshold { get; init; }

    /// <summary>The rate of false matches at the threshold.</summary>
    public double? FalseMatchRate { get; init; }

    /// <summary>That it is one person, at even odds beforehand.</summary>
    public double? Probability { get; init; }

    /// <summary>Names the request in the service's logs.</summary>
    public string? RequestId { get; init; }
}

/// <summary>Whether a picture shows a certain person.</summary>
public sealed record PersonVerificationAnswer
{
    /// <summary>The person's id.</summary>
    public Guid Id { get; init; }

    /// <summary>The person's name.</summary>
    public required string Name { get; init; }

    /// <summary>It does.</summary>
    public bool Match { get; init; }

    /// <summary>Cosine, -1 to 1.</summary>
    public double Similarity { get; init; }

    /// <summary>What counts as a match.</summary>
    public double Threshold { get; init; }

    /// <summary>That it is the person, at even odds beforehand.</summary>
    public double? Probability { get; init; }
}

/// <summary>Somebody who is known.</summary>
public sealed record PersonAnswer
{
    /// <summary>The person's id.</summary>
    public Guid Id { get; init; }

    /// <summary>The person's name.</summary>
    public required string Name { get; init; }

    /// <summary>What is kept about the person.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Where the consent is documented.</summary>
    public string? Consent { get; init; }

    /// <summary>When the person is forgotten.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the person was enrolled.</summary>
    public DateTimeOffset EnrolledAt { get; init; }

    /// <summary>The person's references.</summary>
    public IReadOnlyList<ReferenceAnswer>? References { get; init; }
}

/// <summary>An enrolled face.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Source">What it was cut from.</param>
/// <param name="Quality">Score of the quality gate.</param>
/// <param name="Crop">Whether the crop is kept.</param>
/// <param name="EnrolledAt">When it was enrolled.</param>
public sealed record ReferenceAnswer(Guid Id, string? Source, double? Quality, bool Crop, DateTimeOffset EnrolledAt);

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

/// <summary>A picture that was not enrolled.</summary>
/// <param name="Index">Its place among those sent.</param>
/// <param name="Name">What it was called.</param>
/// <param name="Reasons">Why.</param>
public sealed record RejectedPicture(int Index, string Name, IReadOnlyList<RejectionAnswer> Reasons);

/// <summary>Why a picture was not enrolled.</summary>
/// <param name="Reason">Stable name for programs.</param>
/// <param name="Message">In words.</param>
public sealed record RejectionAnswer(string Reason, string Message);

/// <summary>Proves later that something was removed; keep it elsewhere.</summary>
/// <param name="Sequence">Number of the audit entry.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="At">When.</param>
/// <param name="Text">Both as one text.</param>
public sealed record Receipt(long Sequence, string Hash, DateTimeOffset At, string Text);

internal sealed record PeopleAnswer(IReadOnlyList<PersonAnswer> People, string? Next);

internal sealed record RemovalAnswer(Guid Id, Receipt Receipt);
