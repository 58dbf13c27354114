using Semblance.Attributes;
using Semblance.Evaluation.Attributes;
using Semblance.Models;
using Semblance.Training.Attributes.Data;
using Semblance.Training.Attributes.Training;

namespace Semblance.Training.Attributes.Export;

/// <summary>The age and gender heads on the validation set: temperatures and figures.</summary>
internal sealed class AgeGenderValidation(IReadOnlyList<PersonSample> people, float[] outputs)
{
    /// <summary>Probability below which a child's gender is not answered.</summary>
    public const double ChildGenderCertainty = 0.6;

    private const int Years = AgeGenderTask.Years,
        Width = Years + 1;
    private const double WantedCoverage = 0.8;

    private static readonly AttributeSettings Forced = new(),
        Cautious = new() { ChildBelow = 10, ChildGenderCertainty = ChildGenderCertainty };

    /// <summary>The temperature at which the interval between the 10th and the 90th percentile holds 80 % of the labels.</summary>
    public double FitAgeTemperature() => FitAgeTemperature([.. Enumerable.Range(0, people.Count)]);

    /// <summary>The temperature with the lowest cross-entropy on genders.</summary>
    public double FitGenderTemperature() => FitGenderTemperature([.. Enumerable.Range(0, people.Count)]);

    /// <summary>Reports at the temperatures, with every gender answered.</summary>
    public (AgeReport Age, GenderReport Gender) Groups(double age, double gender)
    {
        int[] all = [.. Enumerable.Range(0, people.Count)];
        return (AgeOf(all, age), GenderOf(all, age, gender, Forced));
    }

    /// <summary>Figures by name.</summary>
    public Dictionary<string, double> Measure(double age, double gender)
    {
        int[] all = [.. Enumerable.Range(0, people.Count)],
            even = [.. all.Where(i => i % 2 == 0)],
            odd = [.. all.Where(i => i % 2 == 1)];
        AgeReport ages = AgeOf(all, age);
        GenderReport forced = GenderOf(all, age, gender, Forced),
            cautious = GenderOf(all, age, gender, Cautious);
        return new()
        {
            ["age mae"] = Round(ages.Mae),
            ["age median error"] = Round(ages.MedianError),
            ["age within 5 years"] = Round(ages.Within5),
            ["age within 10 years"] = Round(ages.Within10),
            ["age coverage80"] = Round(ages.Coverage80!.Value),
            ["age coverage80, fitted on the other half"] = Round(
                (AgeOf(odd, FitAgeTemperature(even)).Coverage80!.Value + AgeOf(even, FitAgeTemperature(odd)).Coverage80!.Value) / 2
            ),
            ["age interval width"] = Round(ages.IntervalWidth!.Value),
            ["gender accuracy"] = Round(forced.Accuracy),
            ["gender accuracy adults"] = Round(forced.Adults!.Accuracy),
            ["gender recall adults female"] = Round(forced.Adults.Recall["female"]),
            ["gender recall adults male"] = Round(forced.Adults.Recall["male"]),
            ["gender ece, fitted on the other half"] = Round(
                (GenderOf(odd, age, FitGenderTemperature(even), Forced).Ece + GenderOf(even, age, FitGenderTemperature(odd), Forced).Ece)
                    / 2
            ),
            ["gender accuracy of answers"] = Round(cautious.Accuracy),
            ["gender unknown share"] = Round((double)cautious.Unknown / cautious.Faces),
        };
    }

    private double FitAgeTemperature(int[] rows)
    {
        double low = 0.3,
            high = 3;
        for (int i = 0; i < 20; i++)
        {
            double middle = (low + high) / 2;
            if (AgeOf(rows, middle).Coverage80 < WantedCoverage)
                low = middle;
            else
                high = middle;
        }
        return (low + high) / 2;
    }

    private double FitGenderTemperature(int[] rows) =>
        Temperature.Minimize(t => rows.Sum(row => -Math.Log(Math.Max(1e-9, Gender(row, t)[people[row].Gender]))));

    private AgeReport AgeOf(int[] rows, double temperature) =>
        AttributeProtocol.Age([.. rows.Select(row => (Label(row), new AgeReader().Read(Ages(row, temperature), new()).Age!))]);

    private GenderReport GenderOf(int[] rows, double age, double gender, AttributeSettings settings) =>
        AttributeProtocol.Gender([
            .. rows.Select(row =>
                (
                    Label(row),
                    new GenderReader(UtkFaceArchive.Genders, settings)
                        .Read(Gender(row, gender), new AgeReader().Read(Ages(row, age), new()))
                        .Gender!
                )
            ),
        ]);

    private LabelledFace Label(int row) => new("", people[row].Age, UtkFaceArchive.Genders[people[row].Gender], null, people[row].Race);

    private float[] Ages(int row, double temperature) => Temperature.Probabilities(outputs.AsSpan(row * Width, Years), temperature);

    private float[] Gender(int row, double temperature) => Temperature.Probabilities([0, outputs[row * Width + Years]], temperature);

    private static double Round(double value) => Math.Round(value, 4);
}
