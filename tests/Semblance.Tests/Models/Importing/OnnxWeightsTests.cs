using Semblance.Models.Importing;

namespace Semblance.Tests.Models.Importing;

/// <summary>Wherever the messages of onnx.proto may hold a number.</summary>
public sealed class OnnxWeightsTests : IDisposable
{
    private static readonly byte[] NotANumber = BitConverter.GetBytes(float.NaN),
        One = BitConverter.GetBytes(1f);

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Sound_numbers_are_passed() =>
        Assert.Null(Found(Initializer(Type(1), Field(4, [.. One, .. One]), Field(9, One), [4 << 3 | 5, .. One], Field(8, "w"u8))));

    [Fact]
    public void Data_in_pieces_is_looked_at_whole() =>
        Assert.Equal("w", Found(Initializer(Type(1), Field(4, [.. One, .. NotANumber]), Field(4, One), Field(8, "w"u8))));

    [Fact]
    public void Data_number_by_number_is_looked_at() =>
        Assert.Equal("w", Found(Initializer(Type(1), [4 << 3 | 5, .. NotANumber], [4 << 3 | 5, .. One], Field(8, "w"u8))));

    [Theory]
    [InlineData(10, 0x7E00, "w")]
    [InlineData(10, 0x7C00, null)]
    [InlineData(16, 0x7FC0, "w")]
    [InlineData(16, 0x7F80, null)]
    [InlineData(6, 0x7FC0, null)]
    public void Half_numbers_in_integers_are_looked_at(int type, int number, string? found)
    {
        byte[] varInt = [(byte)(number & 0x7F | 0x80), (byte)(number >> 7 & 0x7F | 0x80), (byte)(number >> 14)];
        Assert.Equal(found, Found(Initializer(Field(5, [1, .. varInt, 1]), Type(type), Field(8, "w"u8))));
        Assert.Equal(found, Found(Initializer([5 << 3, .. varInt], Type(type), Field(8, "w"u8))));
    }

    [Fact]
    public void Sparse_weights_are_looked_at_in_any_order()
    {
        byte[] values = [.. Type(1), .. Field(4, NotANumber), .. Field(8, "w"u8)];
        Assert.Equal("w", Found(Field(7, Field(15, [.. Field(2, []), .. Field(1, values)]))));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Numbers_of_attributes_are_looked_at(int field)
    {
        byte[] number = field == 2 ? [2 << 3 | 5, .. NotANumber] : Field(7, [.. One, .. NotANumber]);
        Assert.Equal("alpha", Found(Field(7, Field(1, Field(5, [.. Field(1, "alpha"u8), .. number])))));
    }

    private string? Found(byte[] model)
    {
        File.WriteAllBytes(_file, model);
        return OnnxWeights.FindNotANumber(_file);
    }

    private static byte[] Initializer(params byte[][] fields) => Field(7, Field(5, [.. fields.SelectMany(field => field)]));

    private static byte[] Type(int type) => [2 << 3, (byte)type];

    private static byte[] Field(int number, ReadOnlySpan<byte> content) => [(byte)(number << 3 | 2), (byte)content.Length, .. content];
}
