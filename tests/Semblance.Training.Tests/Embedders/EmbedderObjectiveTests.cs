using Semblance.Training.Embedders;
using Semblance.Training.Identity;
using Semblance.Training.Losses;
using static TorchSharp.torch;

namespace Semblance.Training.Tests.Embedders;

public sealed class EmbedderObjectiveTests
{
    private const int Classes = 40,
        Dimension = 8;

    [Fact]
    public async Task Rows_of_all_accumulated_batches_are_updated_when_a_part_of_the_classes_takes_part()
    {
        using var network = nn.Sequential(nn.Flatten(), nn.Linear(3 * CropImage.Plane, Dimension));
        using ClassifierHead head = new(ClassifierHead.RandomWeight(Classes, Dimension, seed: 1), new CosFaceMargin());
        byte[][] crops = [.. Enumerable.Range(0, Classes).Select(i => Enumerable.Repeat((byte)(5 * i), FaceCropper.Bytes).ToArray())];
        LabelledFaces people = new(
            new CropBatches(crops, 2, Augmentation.None, new("RGB", 127.5f, 1 / 127.5f), seed: 1),
            [.. Enumerable.Range(0, Classes)],
            Classes
        );
        EmbedderOptions options = new()
        {
            Data = "",
            Backbone = "",
            Out = "",
            Accumulate = 2,
            PartialRate = 0.1,
            Batch = 2,
        };
        await using EmbedderObjective objective = new(options, network, head, people, null, CPU);
        objective.Start(0, TestContext.Current.CancellationToken);
        foreach (long batch in (long[])[0, 1])
            (await objective.NextAsync(batch))().backward();
        long[] touched =
        [
            .. Enumerable.Range(0, Classes).Where(row => head.Weight.grad![row].abs().sum().item<float>() > 0).Select(row => (long)row),
        ];
        Assert.InRange(touched.Length, 5, 8);
        Assert.Equal(touched, objective.Rows!.data<long>().ToArray());
    }
}
