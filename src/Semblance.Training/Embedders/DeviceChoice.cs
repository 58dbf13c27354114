using static TorchSharp.torch;

namespace Semblance.Training.Embedders;

/// <summary>Opens the device that was asked for; never another one in silence.</summary>
internal static class DeviceChoice
{
    public static Device Open(TrainingDevice device, Action<string> say)
    {
        if (device == TrainingDevice.Cuda)
        {
            if (!cuda.is_available())
                throw new TrainingException("no CUDA device can be used; train with --device cpu, or install the tool built with libtorch for CUDA (dotnet build -p:TorchFlavour=cuda-12.8) and a driver");
            say("training on CUDA");
            return new Device("cuda:0");
        }
        say($"training on the processor, {get_num_threads()} threads");
        return CPU;
    }
}
