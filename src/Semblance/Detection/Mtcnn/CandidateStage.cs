using Semblance.Imaging;
using Semblance.Runtime;

namespace Semblance.Detection.Mtcnn;

/// <summary>Stages two and three: crops of the candidates go through a network in batches.</summary>
/// <param name="network">R-Net or O-Net.</param>
/// <param name="layout">How pixels become its input.</param>
/// <param name="side">Side of its input in pixels: 24 or 48.</param>
/// <param name="batch">Crops in one run.</param>
internal sealed class CandidateStage(NetworkSession network, TensorLayout layout, int side, int batch)
{
    /// <summary>Takes the outputs for one candidate of a batch.</summary>
    public delegate void Reader(Candidate candidate, in NetworkOutputs outputs, int index);

    /// <summary>Runs the network on every candidate that has pixels in the picture.</summary>
    public void Run(ScaleSpace picture, List<Candidate> candidates, BorderHandling border, Reader read, CancellationToken cancellationToken)
    {
        int crop = 3 * side * side;
        float[] input = Scratch.Floats.Rent(crop * Math.Min(batch, Math.Max(1, candidates.Count)));
        List<Candidate> held = new(batch);
        try
        {
            foreach (Candidate candidate in candidates)
            {
                CropWindow window = CropWindow.Of(candidate.Box, picture.Width, picture.Height, border);
                if (window.IsEmpty)
                    continue;
                picture.ReadCrop(window, side, layout, input.AsSpan(held.Count * crop, crop));
                held.Add(candidate);
                if (held.Count == batch)
                    Flush(input, held, read, cancellationToken);
            }
            Flush(input, held, read, cancellationToken);
        }
        finally
        {
            Scratch.Floats.Return(input);
        }
    }

    private void Flush(float[] input, List<Candidate> held, Reader read, CancellationToken cancellationToken)
    {
        if (held.Count == 0)
            return;
        cancellationToken.ThrowIfCancellationRequested();
        network.Run<object?>(input, [held.Count, 3, side, side], outputs =>
        {
            for (int i = 0; i < held.Count; i++)
                read(held[i], outputs, i);
            return null;
        });
        held.Clear();
    }
}
