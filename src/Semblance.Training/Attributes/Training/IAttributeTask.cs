using static TorchSharp.torch;

namespace Semblance.Training.Attributes.Training;

/// <summary>What is learnt: samples, targets, loss and the figures by which epochs are chosen.</summary>
internal interface IAttributeTask
{
    /// <summary>Sets and settings in words: what must be the same when a run is resumed.</summary>
    string Description { get; }

    /// <summary>Numbers that the network gives a face.</summary>
    int Outputs { get; }

    /// <summary>Draws the samples of an epoch, as indices into the training set.</summary>
    int[] DrawEpoch(Random random);

    /// <summary>Training samples in all.</summary>
    int SampleCount { get; }

    /// <summary>The crop of a training sample.</summary>
    Data.FaceCrop Crop(int sample);

    /// <summary>The loss of a batch.</summary>
    /// <param name="outputs">[N, <see cref="Outputs"/>].</param>
    /// <param name="samples">Which training samples they belong to.</param>
    /// <returns>A scalar.</returns>
    Tensor Loss(Tensor outputs, ReadOnlySpan<int> samples);

    /// <summary>The crops of the validation set.</summary>
    IReadOnlyList<Data.FaceCrop> ValidationCrops { get; }

    /// <summary>Judges the outputs for the validation set.</summary>
    /// <param name="outputs">A row of <see cref="Outputs"/> numbers for every validation crop.</param>
    /// <returns>Figures by name; <c>score</c> is the one that chooses, higher is better.</returns>
    IReadOnlyDictionary<string, double> Judge(float[] outputs);
}
