using System.Runtime.Intrinsics;

namespace Semblance.Gallery.Search;

/// <summary>
/// A vector x as bytes r with a scale s: x = s · r + e. The length of e is measured, not estimated, so that for every query q
/// |q·x − s q·r| ≤ ‖q‖ ‖e‖ by the Cauchy–Schwarz inequality.
/// </summary>
internal static unsafe class RowQuantizer
{
    /// <summary>The byte that stands for zero.</summary>
    public const int Zero = 128;

    private const int Levels = 127;

    /// <summary>Vectors shorter than this in every component become zero, as the scale's inverse would overflow.</summary>
    private const float SmallestRange = 1e-30f;

    /// <summary>Lengths summed in float32 may come out a little short; a sum of 64-bit lanes would cost more than this widening.</summary>
    private const float Widening = 1 + 1e-4f;

    /// <summary>Components below 1e-19 have squares that float32 cannot hold; up to ten thousand of them are no longer than this.</summary>
    private const float Underflow = 1e-17f;

    /// <summary>Quantises a vector.</summary>
    /// <param name="vector">Components.</param>
    /// <param name="codes">Takes them as bytes; what is beyond them is filled with <see cref="Zero"/>. At least as long, a multiple of
    /// 8.</param>
    /// <param name="norm">Upper bound of ‖s · r‖.</param>
    /// <returns>Scale, and upper bound of ‖e‖.</returns>
    public static (float Scale, float Error) Quantize(ReadOnlySpan<float> vector, Span<byte> codes, out float norm)
    {
        float range = 0;
        foreach (float value in vector)
            range = MathF.Max(range, MathF.Abs(value));
        (float scale, float inverse) = range > SmallestRange ? (range / Levels, Levels / range) : (0, 0);
        codes[vector.Length..].Fill(Zero);
        Vector256<float> errors = default,
            squares = default;
        int i = 0;
        fixed (float* source = vector)
        {
            fixed (byte* target = codes)
            {
                for (; i + Vector256<float>.Count <= vector.Length; i += Vector256<float>.Count)
                {
                    Vector256<float> values = Vector256.Load(source + i);
                    Vector256<float> whole = Vector256.Clamp(
                        Vector256.Round(values * inverse),
                        Vector256.Create((float)-Levels),
                        Vector256.Create((float)Levels)
                    );
                    Vector256<float> error = Vector256.FusedMultiplyAdd(whole, Vector256.Create(-scale), values);
                    errors = Vector256.FusedMultiplyAdd(error, error, errors);
                    squares = Vector256.FusedMultiplyAdd(whole, whole, squares);
                    Vector256<int> shifted = Vector256.ConvertToInt32(whole) + Vector256.Create(Zero);
                    Vector128<ushort> words = Vector128.Narrow(shifted.GetLower().AsUInt32(), shifted.GetUpper().AsUInt32());
                    Vector64.Narrow(words.GetLower(), words.GetUpper()).Store(target + i);
                }
            }
        }
        (float errorSum, float squareSum) = (Vector256.Sum(errors), Vector256.Sum(squares));
        for (; i < vector.Length; i++)
        {
            float whole = Math.Clamp(MathF.Round(vector[i] * inverse), -Levels, Levels);
            float error = MathF.FusedMultiplyAdd(whole, -scale, vector[i]);
            errorSum += error * error;
            squareSum += whole * whole;
            codes[i] = (byte)((int)whole + Zero);
        }
        norm = scale * MathF.Sqrt(squareSum) * Widening + Underflow;
        return (scale, MathF.Sqrt(errorSum) * Widening + Underflow);
    }

    /// <summary>s · q·r with the query in float32.</summary>
    /// <param name="codes">Row, [stride].</param>
    /// <param name="scale">The row's scale.</param>
    /// <param name="query">Query, [stride].</param>
    /// <param name="stride">A multiple of 16.</param>
    public static float Dot(byte* codes, float scale, float* query, int stride)
    {
        Vector256<float> low = default,
            high = default;
        for (int i = 0; i < stride; i += Vector128<byte>.Count)
        {
            Vector256<short> words =
                Vector256.Create(Vector128.WidenLower(Vector128.Load(codes + i)), Vector128.WidenUpper(Vector128.Load(codes + i))).AsInt16()
                - Vector256.Create((short)Zero);
            low = Vector256.FusedMultiplyAdd(Vector256.ConvertToSingle(Vector256.WidenLower(words)), Vector256.Load(query + i), low);
            high = Vector256.FusedMultiplyAdd(
                Vector256.ConvertToSingle(Vector256.WidenUpper(words)),
                Vector256.Load(query + i + Vector256<float>.Count),
                high
            );
        }
        return scale * Vector256.Sum(low + high);
    }
}
