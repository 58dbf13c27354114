using Semblance.Cli;

if (args is ["--version"])
{
    // Answered before anything else is loaded.
    Console.WriteLine(ProductVersion.Text);
    return (int)ExitCode.Done;
}
return await CommandLineApp.RunAsync(args).ConfigureAwait(false);
