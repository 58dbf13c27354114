using Semblance.Evaluation.Attributes;
using Semblance.Evaluation.Degrading;
using Semblance.Evaluation.Parts;
using Semblance.Evaluation.Running;
using Semblance.Models;
using Semblance.TestSupport;

namespace Semblance.Evaluation.Tests.Parts;

public sealed class AttributeConditionPartTests
{
    private const int Faces = 60;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ages_of_crops_err_more_when_they_are_blurred_and_the_clear_row_is_that_of_the_plain_evaluation()
    {
        (PictureSet set, IReadOnlyList<LabelledFace> labels) = Some();
        using FaceAnalyzer analyzer = FaceAnalyzer.CreateDefault();
        PictureRuns runs = new(analyzer, new());
        IReadOnlyList<AttributeConditionReport> rows = await AttributeConditionPart.MeasureAsync(
            runs,
            set,
            labels,
            ModelKind.Age,
            PictureFraming.Crops,
            [PictureDegradation.Parse("blur:6"), PictureDegradation.Parse("size:20")],
            cancellationToken: Stop
        );
        Assert.Equal(["blur:6", "clear", "size:20"], rows.Select(row => row.Condition).Order());
        AgeReport clear = rows.Single(row => row.Condition == "clear").Age!,
            blurred = rows.Single(row => row.Condition == "blur:6").Age!;
        IReadOnlyDictionary<string, AttributeRecord> plain = await runs.EstimateAsync(
            set.Pictures([.. labels.Select(face => face.File)]),
            [ModelKind.Age],
            PictureFraming.Crops,
            cancellationToken: Stop
        );
        Assert.Equal(labels.Average(face => Math.Abs(plain[face.File].Years![0] - face.Age!.Value)), clear.Mae, 9);
        Assert.True(blurred.Mae > clear.Mae + 1, $"{blurred.Mae} {clear.Mae}");
    }

    [Fact]
    public async Task Mask_on_crops_is_refused_since_nobody_knows_where_the_mouth_is()
    {
        (PictureSet set, IReadOnlyList<LabelledFace> labels) = Some();
        using FaceAnalyzer analyzer = FaceAnalyzer.CreateDefault();
        await Assert.ThrowsAsync<EvaluationException>(() =>
            AttributeConditionPart.MeasureAsync(
                new(analyzer, new()),
                set,
                labels,
                ModelKind.Age,
                PictureFraming.Crops,
                [PictureDegradation.Parse("mask")],
                cancellationToken: Stop
            )
        );
    }

    [Fact]
    public async Task Picture_that_cannot_be_read_is_unknown_in_every_condition_and_the_others_are_judged()
    {
        string folder = Directory.CreateTempSubdirectory("semblance-").FullName;
        (PictureSet set, IReadOnlyList<LabelledFace> labels) = Some();
        LabelledFace[] some = [.. labels.Take(8)];
        foreach (LabelledFace label in some)
        {
            string copy = Path.Combine(folder, label.File);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            await File.WriteAllBytesAsync(copy, set.Bytes(label.File), Stop);
        }
        using FaceAnalyzer analyzer = FaceAnalyzer.CreateDefault();
        int notFound = (await Measure()).Single(row => row.Condition == "clear").Unknown;
        string broken = Path.Combine(folder, some[0].File);
        await File.WriteAllBytesAsync(broken, set.Bytes(some[0].File)[..200], Stop);
        IReadOnlyList<AttributeConditionReport> rows = await Measure();
        Assert.True(rows.Single(row => row.Condition == "clear").Unknown > notFound, $"{notFound}");
        Assert.All(rows, row => Assert.InRange(row.Unknown, notFound + 1, some.Length - 1));
        Directory.Delete(folder, recursive: true);

        Task<IReadOnlyList<AttributeConditionReport>> Measure() =>
            AttributeConditionPart.MeasureAsync(
                new(analyzer, new()),
                PictureSet.Open(folder),
                some,
                ModelKind.Gender,
                PictureFraming.Photographs,
                [PictureDegradation.Parse("blur:1"), PictureDegradation.Parse("size:60")],
                cancellationToken: Stop
            );
    }

    private static (PictureSet Set, IReadOnlyList<LabelledFace> Labels) Some()
    {
        string folder = ReferenceData.RequireUnpacked("data/utkface.tar");
        IReadOnlyList<LabelledFace> labels = LabelledFace.Read(Path.Combine(folder, "labels.csv"), ModelKind.Age, "val");
        return (PictureSet.Open(folder), [.. labels.Take(Faces)]);
    }
}
