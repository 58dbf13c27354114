using Semblance.Models;

namespace Semblance.Attributes;

/// <summary>One answer of an attribute network: the outputs that it is made of, and how their mean is read.</summary>
/// <param name="Parts">The outputs and what each counts.</param>
/// <param name="Choice">Which pictures count as small and grey; null where that makes no difference.</param>
/// <param name="Reader">Reads the mean.</param>
internal sealed record AttributeAnswer(IReadOnlyList<AnswerPart> Parts, ExpressionChoice? Choice, AttributeReader Reader)
{
    /// <summary>An answer that is one output whatever the picture.</summary>
    public static AttributeAnswer Of(string output, AttributeReader reader) => new([new(output, 1, 1)], null, reader);

    /// <summary>Whether a crop is of the kind for which the parts count otherwise.</summary>
    public bool IsSmallGrey(AttributeCrop crop) =>
        Choice is not null && crop.SourceSide < Choice.SmallBelow && crop.ChannelSpread() < Choice.GreyBelow;
}

/// <summary>What an output counts in an answer.</summary>
/// <param name="Output">Its name.</param>
/// <param name="SmallGrey">On pictures that are small and grey.</param>
/// <param name="Other">On all others.</param>
internal readonly record struct AnswerPart(string Output, double SmallGrey, double Other);
