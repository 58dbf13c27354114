using Semblance.Files;

namespace Semblance.Evaluation.Verification;

/// <summary>InsightFace's verification sets (<c>lfw.bin</c>, <c>cfp_fp.bin</c>): a pickle of a list of compressed aligned pictures, two for
/// every pair, and a list of truths.</summary>
/// <param name="Images">Compressed pictures; pair i is 2 i and 2 i + 1.</param>
/// <param name="Same">Whether a pair shows one person.</param>
public sealed record InsightFaceBin(IReadOnlyList<ReadOnlyMemory<byte>> Images, IReadOnlyList<bool> Same)
{
    /// <summary>Reads a set. Nothing in the file is executed: only lists, bytes, numbers and truths are known.</summary>
    /// <exception cref="EvaluationException">It is no such file.</exception>
    public static InsightFaceBin Read(string path)
    {
        object? root = PlainPickle.Read(path, RegularFile.ReadAllBytes(path, LargestFiles.InMemory));
        if (
            root is not IReadOnlyList<object?> { Count: 2 } pair
            || pair[0] is not IReadOnlyList<object?> images
            || pair[1] is not IReadOnlyList<object?> truths
        )
            throw new EvaluationException($"{path}: a list of pictures and a list of truths were expected");
        if (images.Count != 2 * truths.Count || truths.Count == 0)
            throw new EvaluationException($"{path}: {images.Count} pictures and {truths.Count} truths do not fit together");
        return new(
            [
                .. images
                    .Select(image => image as byte[] ?? throw new EvaluationException($"{path}: a picture is no bytes"))
                    .Select(image => new ReadOnlyMemory<byte>(image)),
            ],
            [
                .. truths.Select(truth =>
                    truth is bool same ? same
                    : truth is long number ? number != 0
                    : throw new EvaluationException($"{path}: a truth is neither true nor false")
                ),
            ]
        );
    }
}
