namespace Semblance.Training.Attributes.Commands;

/// <summary>Turns errors of training into a line and an exit code.</summary>
internal static class TrainingFailure
{
    /// <summary>Wrong input or settings, as everywhere in the command line.</summary>
    private const int Wrong = 2;

    public static int Guard(Action work)
    {
        try
        {
            work();
            return 0;
        }
        catch (Exception e) when (e is TrainingException or SemblanceException or Conversion.ConversionException)
        {
            Console.Error.WriteLine($"error: {e.Message}");
            return Wrong;
        }
    }
}
