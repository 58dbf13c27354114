using System.CommandLine;
using TorchSharp;

namespace Semblance.Training.Commands;

/// <summary><c>semblance train device</c>: what training would run on.</summary>
internal static class DeviceCommand
{
    public static Command Create()
    {
        Command command = new("device", "Shows what training would run on.");
        command.SetAction(_ =>
        {
            bool cuda = torch.cuda.is_available();
            Console.Out.WriteLine(
                $"libtorch {torch.__version__}; CUDA "
                    + $"{(cuda ? $"with {torch.cuda.device_count()} device(s)" : "not available")}; {torch.get_num_threads()} threads"
            );
        });
        return command;
    }
}
