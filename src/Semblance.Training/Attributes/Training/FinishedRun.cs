using Semblance.Training.Attributes.Networks;

namespace Semblance.Training.Attributes.Training;

/// <summary>A run whose trunk is done.</summary>
/// <param name="Network">With the weights of the best epoch.</param>
/// <param name="Side">Side of the input in the last epoch.</param>
/// <param name="Refit">How heads are fitted.</param>
/// <param name="Folder">Where the model goes.</param>
/// <param name="Recipe">How the trunk was trained, in words.</param>
internal sealed record FinishedRun(AttributeNetwork Network, int Side, HeadRefitOptions Refit, string Folder, string Recipe)
{
    /// <summary>The heads that were trained along with the trunk.</summary>
    public HeadLayers Trained
    {
        get
        {
            (float[] weights, float[] biases) = Network.Heads;
            return new(null, new(weights, biases));
        }
    }
}
