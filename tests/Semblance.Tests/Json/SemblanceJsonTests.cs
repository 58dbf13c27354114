using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Semblance.Json;
using Semblance.TestSupport;

namespace Semblance.Tests.Json;

public sealed class SemblanceJsonTests
{
    [Fact]
    public async Task A_program_that_registers_the_contracts_writes_the_same_documents()
    {
        ImageAnalysis analysis = await TestModels.Analyzer.AnalyzeAsync(
            ReferenceData.Sample("astronaut.png"),
            FaceFeatures.Quality | FaceFeatures.Landmarks | FaceFeatures.Pose | FaceFeatures.Age | FaceFeatures.Crop,
            TestContext.Current.CancellationToken
        );
        JsonSerializerOptions theirs = new(JsonSerializerDefaults.Web) { Encoder = SemblanceJson.Encoder };
        SemblanceJson.Configure(theirs);
        string expected = SemblanceJson.Serialize(analysis);
        Assert.Equal(expected, JsonSerializer.Serialize(analysis, theirs));
        Assert.DoesNotContain("crop", expected, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Keypoints", expected);
        Assert.Equal(expected, JsonSerializer.Serialize(JsonSerializer.Deserialize<ImageAnalysis>(expected, theirs), theirs));
    }

    [Fact]
    public async Task Default_options_of_the_serializer_keep_everything_and_read_it_back()
    {
        ImageAnalysis analysis = await TestModels.Analyzer.AnalyzeAsync(
            ReferenceData.Sample("astronaut.png"),
            FaceFeatures.Quality
                | FaceFeatures.Embedding
                | FaceFeatures.Landmarks
                | FaceFeatures.Pose
                | FaceFeatures.Age
                | FaceFeatures.Crop,
            TestContext.Current.CancellationToken
        );
        string json = JsonSerializer.Serialize(analysis);
        ImageAnalysis read = JsonSerializer.Deserialize<ImageAnalysis>(json)!;
        Assert.Equal(SemblanceJson.Serialize(analysis), SemblanceJson.Serialize(read));
        AnalyzedFace face = Assert.Single(read.Faces!);
        Assert.Equal(Math.Round((double)analysis.Faces![0].Landmarks.NoseTip.X, 2), face.Landmarks.NoseTip.X, 4);
        Assert.Equal(68, face.Landmarks68!.Value!.Points.Count);
        Assert.Equal(512, face.Embedding!.Vector.Length);
    }

    [Fact]
    public async Task A_verification_keeps_both_faces_under_default_options_of_the_serializer()
    {
        VerificationResult result = await TestModels.Analyzer.VerifyAsync(
            ReferenceData.Sample("astronaut.png"),
            ReferenceData.Sample("astronaut-dim.jpg"),
            cancellationToken: TestContext.Current.CancellationToken
        );
        VerificationResult read = JsonSerializer.Deserialize<VerificationResult>(JsonSerializer.Serialize(result))!;
        Assert.Equal(SemblanceJson.Serialize(result), SemblanceJson.Serialize(read));
        Assert.NotEqual(default, read.A.Face.Landmarks);
    }

    [Fact]
    public void Every_document_has_a_contract_that_needs_no_reflection()
    {
        Type[] documents = [typeof(ImageAnalysis), typeof(VerificationResult), typeof(AnalysisError), typeof(AnalyzedFace)];
        Assert.All(documents, type =>
            Assert.NotNull(((IJsonTypeInfoResolver)SemblanceJsonContext.Default).GetTypeInfo(type, SemblanceJson.Options))
        );
    }
}
