using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

/// <summary>The libraries say what is wrong; the command line says with which command and option it is mended.</summary>
public sealed class RemedyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Store => "sqlite:" + Path.Combine(_folder.Root, "people.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Missing_gallery_is_told_with_the_command_that_makes_one()
    {
        CliRun run = CliRun.Of("gallery", "list", "--store", Store);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            $"there is no gallery {Store}; 'semblance gallery create --store {Store}' makes one",
            run.Errors,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Missing_consent_and_person_are_told_with_option_and_command()
    {
        Assert.Equal(0, CliRun.Of("gallery", "create", "--store", Store, "--require-consent").ExitCode);

        CliRun enrol = CliRun.Of("gallery", "enrol", "--store", Store, "--name", "Eileen", ReferenceData.Sample("astronaut.png")),
            show = CliRun.Of("gallery", "show", "--store", Store, "Eileen");

        Assert.Contains(
            "none is given for 'Eileen'; say where it is documented (--consent REFERENCE)",
            enrol.Errors,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"knows nobody with the id or name 'Eileen'; 'semblance gallery list --store {Store}' shows who is there",
            show.Errors,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Missing_key_is_told_with_the_option_that_gives_it()
    {
        CliRun run = CliRun.Of("gallery", "create", "--store", Store, "--encrypt");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("(--key-file, SEMBLANCE_GALLERY_KEY)", run.Errors, StringComparison.Ordinal);
    }
}
