using Semblance.Imaging;

namespace Semblance.Detection.Turns;

/// <summary>
/// Finds faces whichever way up they stand. The picture is looked at as it came; where that gives no face, or faces of which the
/// detector is not sure, small copies are looked at turned by 90, 180 and 270 degrees, and where one of them shows a better face the whole
/// picture is. Detectors put upright landmarks on faces that stand on their head, which nothing but the better score of the
/// turned face gives away.
/// </summary>
internal sealed class FaceFinder(IFaceDetector detector, DetectionOptions options)
{
    /// <summary>Doubtful faces of one picture that are looked at again, the largest.</summary>
    private const int LookedAtAgain = 4;

    /// <summary>Doubtful faces that are lower than this are left as they are; too small to be compared.</summary>
    private const float SmallestLookedAtAgain = 32;

    private readonly UprightFaces _judge = new(detector.SureScore);

    /// <summary>Finds the faces.</summary>
    /// <param name="image">The picture as it came.</param>
    /// <param name="cancellationToken">Stops between the looks.</param>
    public FoundFaces Find(FaceImage image, CancellationToken cancellationToken)
    {
        IReadOnlyList<DetectedFace> found = detector.Detect(image, options, cancellationToken);
        TurnedPictures pictures = new(image);
        try
        {
            return new(options.Turns == TurnSearch.None ? found : LookAgain(image, pictures, found, cancellationToken), pictures);
        }
        catch
        {
            pictures.Dispose();
            throw;
        }
    }

    private IReadOnlyList<DetectedFace> LookAgain(
        FaceImage image,
        TurnedPictures pictures,
        IReadOnlyList<DetectedFace> found,
        CancellationToken cancellationToken
    )
    {
        DetectedFace[] doubtful = [.. found.Where(_judge.IsDoubtful)];
        if (found.Count > 0 && doubtful.Length == 0)
            return found;
        bool standsUpright = doubtful.Length < found.Count;
        TurnProbe probe = new(detector, image);
        IEnumerable<TurnedCandidate> candidates = doubtful
            .Where(face => face.Box.Height >= SmallestLookedAtAgain)
            .OrderByDescending(face => face.Box.Area)
            .Take(LookedAtAgain)
            .SelectMany(face => Better(face, probe.Around(face, cancellationToken), standsUpright));
        if (!standsUpright)
            candidates = candidates
                .Concat(probe.Whole(cancellationToken))
                .Where(candidate => found.Count == 0 || Turns(candidate.Score, found));
        if (candidates.OrderByDescending(candidate => candidate.Score).FirstOrDefault() is not { Degrees: not 0 } best)
            return found;

        QuarterTurn turn = pictures.TurnOf(best.Degrees);
        DetectedFace[] turned = [.. detector.Detect(pictures.Upright(best.Degrees), options, cancellationToken).Select(turn.ToPicture)];
        return standsUpright ? Replace(found, turned, turn) : Choose(found, turned, best);
    }

    private IEnumerable<TurnedCandidate> Better(DetectedFace face, IEnumerable<TurnedCandidate> candidates, bool standsUpright) =>
        candidates.Where(candidate =>
            standsUpright ? _judge.Replaces(candidate.Score, face) : UprightFaces.IsBetter(candidate.Score, face)
        );

    private bool Turns(float turnedScore, IReadOnlyList<DetectedFace> found) =>
        found.Count == 0 ? turnedScore >= _judge.ScoreAlone : UprightFaces.Outweighs(turnedScore, found);

    /// <summary>The picture stands upright: only doubtful faces are replaced, by what is better in their place.</summary>
    private DetectedFace[] Replace(IReadOnlyList<DetectedFace> found, DetectedFace[] turned, QuarterTurn turn)
    {
        DetectedFace[] upright = [.. turned.Where(face => UprightFaces.LiesUpright(turn.ToUpright(face)))];
        return
        [
            .. found
                .Select(face =>
                    _judge.IsDoubtful(face)
                    && upright.FirstOrDefault(other => TurnedCandidate.AreSame(other.Box, face.Box)) is { } better
                    && _judge.Replaces(better.Score, face)
                        ? better
                        : face
                )
                .Distinct()
                .OrderByDescending(face => face.Score),
        ];
    }

    /// <summary>Nothing shows that the picture stands upright: the turned faces count, and beside them those found as it came only where
    /// these are more, and not too doubtful. A face has the score of the small look too: detectors of one look are surer of large faces
    /// there.</summary>
    private IReadOnlyList<DetectedFace> Choose(IReadOnlyList<DetectedFace> found, DetectedFace[] turned, TurnedCandidate best)
    {
        float Evidence(DetectedFace face) => TurnedCandidate.AreSame(best.Box, face.Box) ? MathF.Max(best.Score, face.Score) : face.Score;

        if (turned.Length == 0 || !Turns(turned.Max(Evidence), found))
            return found;
        IEnumerable<DetectedFace> others = found.Where(face =>
            face.Score >= _judge.ScoreAlone && !turned.Any(other => TurnedCandidate.AreSame(other.Box, face.Box))
        );
        if (turned.Length >= found.Count)
            others = [];
        return [.. turned.Concat(others).OrderByDescending(face => face.Score)];
    }
}
