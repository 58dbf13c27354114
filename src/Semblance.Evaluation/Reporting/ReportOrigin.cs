namespace Semblance.Evaluation.Reporting;

/// <summary>Where a report comes from.</summary>
/// <param name="Command">The exact command.</param>
/// <param name="Version">Version of the program.</param>
/// <param name="Created">Time of making, UTC.</param>
/// <param name="Machine">Processor architecture, system, number of processors and runtime; no name of a machine.</param>
/// <param name="Draws">Times that people were resampled for intervals.</param>
/// <param name="Seed">Seed of the resampling.</param>
/// <param name="Seconds">How long the evaluation took.</param>
public sealed record ReportOrigin(
    string Command,
    string Version,
    DateTimeOffset Created,
    string Machine,
    int Draws,
    int Seed,
    double Seconds
);
