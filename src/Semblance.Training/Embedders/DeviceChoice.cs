using static TorchSharp.torch;

namespace Semblance.Training.Embedders;

/// <summary>Opens the device that was asked for; never another one in silence.</summary>
internal static class DeviceChoice
{
    /// <param name="device">Which one.</param>
    /// <param name="precision">Of products and convolutions on a card.</param>
    /// <param name="say">Is told what runs where.</param>
    public static Device Open(TrainingDevice device, CudaPrecision precision, Action<string> say)
    {
        if (device == TrainingDevice.Cuda)
        {
            if (!cuda.is_available())
                throw new TrainingException(
                    "no CUDA device can be used; train with --device cpu, or install the tool built with libtorch for CUDA (dotnet "
                        + "build -p:TorchFlavour=cuda-12.8) and a driver"
                );
            backends.cuda.matmul.allow_tf32 = backends.cudnn.allow_tf32 = precision == CudaPrecision.Tf32;
            say(
                "training on CUDA, "
                    + $"{(precision == CudaPrecision.Tf32 ? "products in TF32 (19 bits), all else in float32" : "float32 throughout")}"
            );
            return new Device("cuda:0");
        }
        say($"training on the processor, {get_num_threads()} threads");
        return CPU;
    }
}
