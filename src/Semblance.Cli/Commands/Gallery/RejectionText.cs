using Semblance.Gallery.Enrolling;

namespace Semblance.Cli.Commands.Gallery;

/// <summary>Why a picture was not enrolled, with the option that decides it.</summary>
internal static class RejectionText
{
    /// <summary>The reason in the words of the command line.</summary>
    public static string Of(Rejection rejection) =>
        rejection.Reason == RejectionReason.SeveralFaces ? $"{rejection.Message} ({EnrolmentChoices.Face.Name})" : rejection.Message;
}
