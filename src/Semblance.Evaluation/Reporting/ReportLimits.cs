namespace Semblance.Evaluation.Reporting;

/// <summary>What holds of every report.</summary>
public static class ReportLimits
{
    /// <summary>Sentences for every report.</summary>
    public static IReadOnlyList<string> OfEveryReport { get; } =
    [
        "Figures hold for pictures like those measured on. Other cameras, other people and poorer pictures give other rates; calibrate "
            + "and measure on your own.",
        "Gender, race and age are labels that others gave by looking at pictures, not facts about people, and two words for "
            + "gender and five for race leave many out.",
        "FNMR by race and by age is not measurable on the data at hand, as nobody of known race or age has a second picture; measures "
            + "that need it are given by gender alone.",
        "A similarity is not a probability, and a match is no proof. No decision about access, money, freedom or work may "
            + "rest on it alone; a person has to look.",
        "Identifying people without their consent or another legal ground is excluded, and so is deriving feelings, character or "
            + "health from a face.",
        "Apparent age, perceived gender and expression come from networks trained on sets for non-commercial research.",
    ];
}
