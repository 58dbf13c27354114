namespace Semblance.Training.Attributes.Data;

/// <summary>A face with what people called its expression.</summary>
/// <param name="Crop">The face.</param>
/// <param name="Emotion">Index in <see cref="EmotionNames.All"/> of the set's own label.</param>
/// <param name="Votes">FER+ votes for the seven, as counts; null outside FER-2013.</param>
internal sealed record EmotionSample(FaceCrop Crop, int Emotion, float[]? Votes)
{
    /// <summary>Votes of all ten people, other answers included; 0 outside FER-2013.</summary>
    public float AllVotes { get; init; }

    /// <summary>The emotion that more than half of all votes name; -1 when there is none.</summary>
    public int MajorityOfVotes
    {
        get
        {
            if (Votes is null)
                return -1;
            int best = Array.IndexOf(Votes, Votes.Max());
            return Votes[best] * 2 > AllVotes ? best : -1;
        }
    }
}
