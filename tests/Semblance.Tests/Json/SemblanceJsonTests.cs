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
    public void Every_document_has_a_contract_that_needs_no_reflection()
    {
        Type[] documents = [typeof(ImageAnalysis), typeof(VerificationResult), typeof(AnalysisError), typeof(AnalyzedFace)];
        Assert.All(documents, type => Assert.NotNull(((IJsonTypeInfoResolver)SemblanceJsonContext.Default).GetTypeInfo(type, SemblanceJson.Options)));
    }
}
