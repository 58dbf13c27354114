namespace Semblance.Attributes;

/// <summary>Makes estimates.</summary>
public static class AttributeEstimate
{
    /// <summary>A known attribute.</summary>
    public static AttributeEstimate<T> Of<T>(T value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value, null);
    }

    /// <summary>An attribute that cannot be judged.</summary>
    /// <param name="reason">Why, with the figure and what is needed.</param>
    public static AttributeEstimate<T> NotKnown<T>(string reason)
        where T : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new(null, reason);
    }
}
