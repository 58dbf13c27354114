using System.Globalization;
using System.Text;
using Semblance.Evaluation.Attributes;

namespace Semblance.Training.Attributes.Export;

/// <summary>The cards that go with exported models.</summary>
internal static class ModelCards
{
    /// <summary>The card of the expression model.</summary>
    public static string Emotion(IReadOnlyDictionary<string, double> measured, string recipe) =>
        $"""
            # emotion

            Names the expression of a face: angry, disgust, fear, happy, neutral, sad or surprise, with probabilities. **An expression is
            what a face shows, not what its owner feels.**

            | | |
            | --- | --- |
            | network | convolutions of mobilefacenet-512, trained further |
            | heads | three on one trunk (`fer2013`, `ferplus`, `rafdb`), as the label sets contradict each other; the default mixes them |
            | input | upright crop, BGR, (pixel - 127.5) / 128; a photograph's face is brought to a framing between those of the two sets |
            | trained on | FER-2013 (grey, 48 x 48) with the votes of FER+, and RAF-DB (colour, 100 x 100): training parts only |
            | licence | both sets are for **non-commercial research**; so is this model |
            | recipe | {recipe} |

            ## Measured on the validation parts

            They chose the epoch and the temperatures and never trained. Calibration errors are from temperatures fitted on the other half.

            {Table(measured)}
            ## Not known, and known failures

            - The sets name neither age nor gender nor ethnicity, so figures by group cannot be given. Expect differences: the pictures
              come from web searches for emotion words.
            - Labels are opinions: FER-2013's original labels and the majority of FER+ agree on about two thirds of the pictures. Fear,
              disgust and sadness are confused most.
            - Posed expressions; rarely children, old people, profiles or covered faces.

            ## Must not be used for

            Judging anyone's feelings, honesty, health, attention or fitness: at work, at school, at borders, in court, in selling. Emotion
            recognition at the workplace and in education is prohibited in the European Union (Regulation 2024/1689, article 5).

            """;

    /// <summary>The card of the age and gender model.</summary>
    public static string AgeGender(
        (AgeReport Age, GenderReport Gender) groups,
        IReadOnlyDictionary<string, double> measured,
        string recipe
    ) =>
        $"""
            # age-gender

            Estimates apparent age, as years with an 80 % interval, and perceived gender, as one of the two words that its labels know.
            **Apparent age is how old a face looks; perceived gender is what people tend to call it. Neither is a fact about a person.**

            | | |
            | --- | --- |
            | network | convolutions of mobilefacenet-512, trained further, beside the embedding of the unchanged mobilefacenet-512 |
            | heads | a hidden layer on both; a distribution over the years 0 to 100, and one logit |
            | input | upright crop framed as UTKFace's, BGR, (pixel - 127.5) / 128; and the embedding before it is made a unit vector |
            | trained on | UTKFace, training parts only, drawn evenly by age group and gender |
            | licence | the set is for **non-commercial research**; so is this model |
            | recipe | {recipe} |

            ## Measured on UTKFace's validation part

            It is balanced over age groups and genders, small children included. It chose the epoch and the temperatures and never trained;
            figures "fitted on the other half" come from temperatures that had not seen the faces they are measured on.

            {Table(measured)}
            ### By group

            Every face answered, also where the library says unknown.

            {GroupTable(groups)}
            ## Not known, and known failures

            - UTKFace's ages and races were given by an algorithm and checked by people; nearly identical pictures carry ages that differ
              by 4 years in the median. Figures contain that noise.
            - The gender of young children is hardly visible: below ten years the answer is unknown where the probability is low.
            - Make-up, beards, glasses, hats and filters shift both estimates; the oldest are estimated too young.
            - Race is the set's word, in its five classes; nothing here estimates race.

            ## Must not be used for

            Deciding whether somebody is of age, checking identities, or anything about a person's rights, work or money; addressing or
            sorting people by gender; studying people who did not agree.

            """;

    private static string Table(IReadOnlyDictionary<string, double> measured)
    {
        StringBuilder table = new("| figure | value |\n| --- | --- |\n");
        foreach ((string name, double value) in measured)
            table.Append(CultureInfo.InvariantCulture, $"| {name} | {value:0.####} |\n");
        return table.ToString();
    }

    private static string GroupTable((AgeReport Age, GenderReport Gender) groups)
    {
        StringBuilder table = new("| group | age: mean error, years | gender: accuracy |\n| --- | --- | --- |\n");
        foreach ((string group, double error) in groups.Age.MaeByAgeGroup)
            Row(group, error, groups.Gender.AccuracyByAgeGroup[group]);
        foreach ((string gender, double error) in groups.Age.MaeByGender)
            Row(gender, error, groups.Gender.Recall[gender]);
        foreach ((string race, double error) in groups.Age.MaeByRace)
            Row(race, error, groups.Gender.AccuracyByRace[race]);
        return table.ToString();

        void Row(string group, double error, double accuracy) =>
            table.Append(CultureInfo.InvariantCulture, $"| {group} | {error:0.00} | {accuracy:0.000} |\n");
    }
}
