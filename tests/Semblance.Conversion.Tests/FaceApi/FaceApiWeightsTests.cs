using System.Text;
using Semblance.Conversion.FaceApi;

namespace Semblance.Conversion.Tests.FaceApi;

public sealed class FaceApiWeightsTests
{
    [Fact]
    public void Float_and_quantised_tensors_follow_one_another_in_the_shard()
    {
        FaceApiWeights weights = Read(
            """[{"weights":[{"name":"a","shape":[2],"dtype":"float32"},{"name":"b","shape":[3],"dtype":"float32","quantization":{"dtype":"uint8","scale":0.5,"min":-1}}],"paths":["s"]}]""",
            [.. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(-2f), 0, 2, 4]
        );
        Assert.Equal([1.5f, -2f], weights["a"].Values);
        Assert.Equal([-1f, 0f, 1f], weights["b"].Values);
    }

    [Theory]
    [InlineData("""[{"weights":[{"name":"a","shape":[9],"dtype":"float32"}],"paths":["s"]}]""", "too short")]
    [InlineData("""[{"weights":[{"name":"a","shape":[2147483647,2147483647,9],"dtype":"float32"}],"paths":["s"]}]""", "too short")]
    [InlineData("""[{"weights":[{"name":"a","shape":[1],"dtype":"int64"}],"paths":["s"]}]""", "int64")]
    [InlineData("""[{"paths":["s"]}]""", "not understood")]
    [InlineData("nonsense", "not understood")]
    public void A_wrong_manifest_is_refused(string manifest, string expected) =>
        Assert.Contains(expected, Assert.Throws<ConversionException>(() => Read(manifest, new byte[8])).Message);

    [Fact]
    public void A_missing_tensor_is_named() =>
        Assert.Contains("'z'", Assert.Throws<ConversionException>(() => Read("[]", [])["z"]).Message);

    private static FaceApiWeights Read(string manifest, byte[] shard) => FaceApiWeights.Read(Encoding.UTF8.GetBytes(manifest), _ => shard);
}
