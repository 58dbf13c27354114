namespace Semblance.Evaluation.Running;

/// <summary>What the pictures of a set show.</summary>
public enum PictureFraming
{
    /// <summary>Photographs: faces are found first.</summary>
    Photographs,

    /// <summary>Face crops as data sets hold them: the face fills the picture, nothing is detected.</summary>
    Crops,
}
