namespace Semblance.Models;

/// <summary>What the tensors that come out mean.</summary>
public sealed record ModelOutput
{
    /// <summary>Tensors by name.</summary>
    public required IReadOnlyDictionary<string, ModelTensor> Outputs { get; init; }

    /// <summary>Embedders: whether the vector is already a unit vector.</summary>
    public bool? Normalized { get; init; }

    /// <summary>Detectors: how boxes come out of the tensors.</summary>
    public DetectorDecoder? Decoder { get; init; }

    /// <summary>Classifiers with one output: the classes in order.</summary>
    public IReadOnlyList<string>? Labels { get; init; }
}

/// <summary>One output tensor.</summary>
/// <param name="Role">What it holds: <c>embedding</c>, <c>boxes</c>, <c>scores</c>, <c>landmarks</c>, …</param>
/// <param name="Shape">Axes: numbers, or names such as <c>"N"</c> for free ones.</param>
public sealed record ModelTensor(string Role, IReadOnlyList<System.Text.Json.JsonElement>? Shape = null)
{
    /// <summary>The file (role in <see cref="ModelManifest.Files"/>) that gives it, when a model has several.</summary>
    public string? File { get; init; }

    /// <summary>The classes in order, when a model has several outputs.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The first value and the number of values that count, when one tensor holds several answers.</summary>
    public IReadOnlyList<int>? Slice { get; init; }

    /// <summary>Whether the model works without this output; exporters differ.</summary>
    public bool? Optional { get; init; }

    /// <summary>What values become classes by: <c>softmax</c>, or null when they are probabilities already.</summary>
    public string? Activation { get; init; }

    /// <summary>What a value is multiplied by to be in its unit, e.g. 100 for an age given in centuries; null for 1.</summary>
    public float? Factor { get; init; }
}

/// <summary>How a detector's tensors become boxes.</summary>
public sealed record DetectorDecoder
{
    /// <summary>The kinds that are known.</summary>
    public const string BlazeFace = "blazeface",
        Mtcnn = "mtcnn",
        RetinaFace = "retinaface",
        Scrfd = "scrfd";

    /// <summary>The merged score that is not the default.</summary>
    public const string MeanScore = "mean";

    /// <summary><c>blazeface</c>, <c>mtcnn</c>, <c>retinaface</c> or <c>scrfd</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Feature strides in input pixels, in the order of the tensors.</summary>
    public IReadOnlyList<int>? Strides { get; init; }

    /// <summary>Anchors at every cell, by stride.</summary>
    public IReadOnlyList<int>? AnchorsPerCell { get; init; }

    /// <summary>Sides of the anchors in input pixels, by stride and then by anchor (RetinaFace).</summary>
    public IReadOnlyList<IReadOnlyList<float>>? AnchorSizes { get; init; }

    /// <summary>Box regression variances, for centres and for sides (RetinaFace).</summary>
    public IReadOnlyList<float>? Variances { get; init; }

    /// <summary>Score thresholds, by stage where there are several; of RetinaFace one for all strides, or one for each.</summary>
    public required IReadOnlyList<float> Thresholds { get; init; }

    /// <summary>Intersection over union above which the lower score is suppressed or merged, by stage where there are several.</summary>
    public required IReadOnlyList<float> OverlapThresholds { get; init; }

    /// <summary>BlazeFace: how the score of merged candidates comes about, <c>highest</c> (MediaPipe; also when left out) or <c>mean</c>
    /// (hollance, whose way of making pictures smaller comes with it).</summary>
    public string? MergedScore { get; init; }

    /// <summary>The number of points a face comes with.</summary>
    public int Keypoints { get; init; }

    /// <summary>What would make grids without cells, or without end.</summary>
    internal string? FindProblem()
    {
        const int Most = 1024;
        if (Strides?.Any(stride => stride is < 1 or > Most) == true)
            return $"its decoder has strides beyond 1 to {Most} pixels";
        if (AnchorsPerCell?.Any(anchors => anchors is < 1 or > Most) == true)
            return $"its decoder has cells with anchors beyond 1 to {Most}";
        if (AnchorSizes?.Any(sizes => sizes.Count > Most || sizes.Any(size => !(size > 0 && float.IsFinite(size)))) == true)
            return "its decoder has anchors whose sides are no lengths";
        if (Variances?.Any(variance => !(variance > 0 && float.IsFinite(variance))) == true)
            return "its decoder has variances that are not above 0";
        if (Thresholds.Concat(OverlapThresholds).Any(threshold => !(threshold is >= 0 and <= 1)))
            return "its decoder has thresholds beyond 0 to 1";
        return Keypoints is < 0 or > Most ? $"its decoder has {Keypoints} points a face, 0 to {Most} are possible" : null;
    }
}
