using System.Buffers.Binary;
using System.Security.Cryptography;
using Semblance.Files;
using Semblance.Models;

namespace Semblance.Embedding;

/// <summary>
/// Strangers of all kinds to compare a face with: what is left of a similarity when that of strangers of its kind is taken away is a
/// score that means the same for children, the old, all groups of people and poor pictures. Thread-safe.
/// </summary>
/// <remarks>
/// The members are centroids, each of several people's faces, so none is anybody's template. The baseline of a face is its mean
/// similarity to its most similar members (adaptive score normalisation with a mixed cohort, as in speaker recognition, without the
/// division; Matejka et al., "Analysis of Score Normalization in Multilingual Speaker Recognition", Interspeech 2017).
/// </remarks>
public sealed class EmbeddingCohort
{
    /// <summary>The role of its file in a manifest.</summary>
    public const string FileRole = "cohort";

    private static ReadOnlySpan<byte> Magic => "SEMBCOH1"u8;
    private const int HeaderBytes = 16,
        IdLength = 16,
        MostMembers = 1 << 20,
        MostComponents = 1 << 16;

    private const long LargestFile = 256L << 20;

    private readonly float[] _members;

    /// <summary>Takes members.</summary>
    /// <param name="members">Unit vectors, one after the other.</param>
    /// <param name="dimension">Components of a vector.</param>
    /// <param name="neighbours">How many of the most similar members make the baseline.</param>
    /// <exception cref="ArgumentException">The numbers do not fit together.</exception>
    public EmbeddingCohort(ReadOnlySpan<float> members, int dimension, int neighbours)
        : this(members, dimension, neighbours, id: null) { }

    private EmbeddingCohort(ReadOnlySpan<float> members, int dimension, int neighbours, string? id)
    {
        if (dimension <= 0 || members.IsEmpty || members.Length % dimension != 0)
            throw new ArgumentException($"{members.Length} numbers are no members of {dimension} components.");
        if (neighbours < 1 || neighbours > members.Length / dimension)
            throw new ArgumentException($"{neighbours} neighbours of {members.Length / dimension} members are not possible.");
        (_members, Dimension, Neighbours) = (members.ToArray(), dimension, neighbours);
        Id = id ?? IdOf(ToBytes());
    }

    /// <summary>Says which cohort it is: the beginning of the hash of its file. Baselines of two cohorts are not compared.</summary>
    public string Id { get; }

    /// <summary>Components of a vector.</summary>
    public int Dimension { get; }

    /// <summary>How many of the most similar members make the baseline.</summary>
    public int Neighbours { get; }

    /// <summary>Number of members.</summary>
    public int Count => _members.Length / Dimension;

    /// <summary>The cohort of a model; null where it has none.</summary>
    /// <exception cref="ModelException">The file is missing or damaged, or is not what the manifest says.</exception>
    public static EmbeddingCohort? Of(InstalledModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Manifest.Cohort is not { } promised)
            return null;
        string path = model.PathOf(FileRole);
        EmbeddingCohort cohort = Read(RegularFile.ReadAllBytes(path, LargestFile), promised.Neighbours, problem => new ModelException(
            model.Id,
            $"{path}: {problem}"
        ));
        if (cohort.Count != promised.Members)
            throw new ModelException(model.Id, $"{path} has {cohort.Count} members, its manifest promises {promised.Members}");
        return cohort;
    }

    /// <summary>Mean similarity to the most similar members, -1 to 1.</summary>
    /// <param name="vector">A unit vector.</param>
    /// <exception cref="ArgumentException">It has another dimension.</exception>
    public float BaselineOf(ReadOnlySpan<float> vector)
    {
        if (vector.Length != Dimension)
            throw new ArgumentException($"The cohort has vectors of {Dimension} components, got {vector.Length}.", nameof(vector));
        // The best so far, smallest first: a new one goes in where it belongs and pushes the smallest out.
        Span<float> best = Neighbours <= 256 ? stackalloc float[Neighbours] : new float[Neighbours];
        best.Fill(float.NegativeInfinity);
        for (int start = 0; start < _members.Length; start += Dimension)
        {
            float similarity = VectorProduct.Dot(_members.AsSpan(start, Dimension), vector);
            if (similarity <= best[0])
                continue;
            int at = 0;
            for (; at + 1 < best.Length && best[at + 1] < similarity; at++)
                best[at] = best[at + 1];
            best[at] = similarity;
        }
        double sum = 0;
        foreach (float similarity in best)
            sum += similarity;
        return (float)(sum / best.Length);
    }

    /// <summary>
    /// The file's bytes: <c>SEMBCOH1</c>, members and components as int32, then for every member its scale as float32 and a signed byte
    /// a component; all little-endian.
    /// </summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[HeaderBytes + Count * (sizeof(float) + Dimension)];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Count);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), Dimension);
        int to = HeaderBytes;
        for (int start = 0; start < _members.Length; start += Dimension)
        {
            ReadOnlySpan<float> member = _members.AsSpan(start, Dimension);
            float largest = 0;
            foreach (float value in member)
                largest = MathF.Max(largest, MathF.Abs(value));
            float scale = largest > 0 ? largest / sbyte.MaxValue : 1;
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(to), scale);
            to += sizeof(float);
            foreach (float value in member)
                bytes[to++] = (byte)(sbyte)MathF.Round(value / scale);
        }
        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> writes.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="neighbours">How many of the most similar members make the baseline.</param>
    /// <exception cref="InvalidDataException">Something else, or damaged.</exception>
    public static EmbeddingCohort FromBytes(ReadOnlySpan<byte> bytes, int neighbours) =>
        Read(bytes, neighbours, problem => new InvalidDataException(problem));

    private static EmbeddingCohort Read(ReadOnlySpan<byte> bytes, int neighbours, Func<string, Exception> failure)
    {
        if (bytes.Length < HeaderBytes || !bytes[..Magic.Length].SequenceEqual(Magic))
            throw failure("is no cohort");
        int count = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            dimension = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
        if (count is < 1 or > MostMembers || dimension is < 1 or > MostComponents)
            throw failure($"claims {count} members of {dimension} components");
        if (bytes.Length != HeaderBytes + (long)count * (sizeof(float) + dimension))
            throw failure($"has {bytes.Length} bytes, which {count} members of {dimension} components do not take");
        if (neighbours < 1 || neighbours > count)
            throw failure($"has {count} members, of which {neighbours} neighbours cannot be taken");
        float[] members = new float[count * dimension];
        int from = HeaderBytes;
        for (int i = 0; i < count; i++, from += sizeof(float) + dimension)
        {
            float scale = BinaryPrimitives.ReadSingleLittleEndian(bytes[from..]);
            double squares = 0;
            Span<float> member = members.AsSpan(i * dimension, dimension);
            for (int k = 0; k < dimension; k++)
            {
                member[k] = scale * (sbyte)bytes[from + sizeof(float) + k];
                squares += (double)member[k] * member[k];
            }
            double length = Math.Sqrt(squares);
            if (!double.IsFinite(length) || length <= 0)
                throw failure($"has a member without a direction (number {i + 1})");
            for (int k = 0; k < dimension; k++)
                member[k] = (float)(member[k] / length);
        }
        return new(members, dimension, neighbours, IdOf(bytes));
    }

    private static string IdOf(ReadOnlySpan<byte> file) => ShortId(Convert.ToHexStringLower(SHA256.HashData(file)));

    /// <summary>The id of a cohort from the hash of its file.</summary>
    internal static string ShortId(string sha256) => sha256[..Math.Min(IdLength, sha256.Length)].ToLowerInvariant();
}
