namespace Semblance.Attributes;

/// <summary>Roles of the tensors that an attribute network gives, as its manifest names them.</summary>
public static class AttributeRoles
{
    /// <summary>Probabilities of the ages 0, 1, 2, … in years: [N, years].</summary>
    public const string AgeDistribution = "age-distribution";

    /// <summary>Probabilities of the genders: [N, labels].</summary>
    public const string Gender = "gender";

    /// <summary>Probabilities of the expressions: [N, labels]. Those of single label sets are called <c>emotion:</c> and the set's
    /// name.</summary>
    public const string Emotion = "emotion";
}
