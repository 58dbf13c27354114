using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

public sealed class DeviceTests
{
    [Theory]
    [InlineData("cuda", "Microsoft.ML.OnnxRuntime.Gpu")]
    [InlineData("directml", "Microsoft.ML.OnnxRuntime.DirectML")]
    [InlineData("openvino", "Intel.ML.OnnxRuntime.OpenVino")]
    public void An_absent_device_fails_and_names_the_package_instead_of_running_elsewhere(string device, string package)
    {
        CliRun run = CliRun.Of("detect", ReferenceData.Sample("astronaut.png"), "--device", device);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(package, run.Errors);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void An_unknown_device_lists_the_known_ones()
    {
        CliRun run = CliRun.Of("detect", ReferenceData.Sample("astronaut.png"), "--device", "abacus");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("cpu, cuda, directml, coreml, openvino", run.Errors);
    }

    [Fact]
    public void The_device_can_come_from_the_environment()
    {
        Assert.Equal(
            2,
            CliRun.WithEnvironment(new() { ["SEMBLANCE_DEVICE"] = "cuda" }, "detect", ReferenceData.Sample("astronaut.png")).ExitCode
        );
        Assert.Equal(
            0,
            CliRun.WithEnvironment(new() { ["SEMBLANCE_DEVICE"] = "cpu" }, "detect", ReferenceData.Sample("astronaut.png")).ExitCode
        );
    }

    [Fact]
    public void The_doctor_says_which_devices_are_there_and_what_the_others_need()
    {
        string report = CliRun.Of("doctor").Output;
        Assert.Matches(@"--device cpu\s+there", report);
        Assert.Matches(@"--device cuda\s+not there; .*Microsoft\.ML\.OnnxRuntime\.Gpu", report);
    }
}
