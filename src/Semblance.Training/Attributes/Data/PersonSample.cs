namespace Semblance.Training.Attributes.Data;

/// <summary>A face with the age, gender and race that its set gives.</summary>
/// <param name="Crop">The face.</param>
/// <param name="Age">Whole years, 1 to 116.</param>
/// <param name="Gender">0 female, 1 male.</param>
/// <param name="Race">The set's word.</param>
internal sealed record PersonSample(FaceCrop Crop, int Age, int Gender, string Race)
{
    /// <summary>Index of the age group: 1-2, 3-9, 10-19, … 60-69, 70 and over.</summary>
    public int AgeGroup => Age <= 2 ? 0 : Math.Min(1 + Age / 10, 8);
}
