namespace Semblance.Training.Identity;

/// <summary>How pictures become crops of 112 x 112.</summary>
internal enum CropSource
{
    /// <summary>The project's detector finds the face nearest the centre, and it is put on the template.</summary>
    Detect,

    /// <summary>Pictures are aligned already; other sizes are resized.</summary>
    Aligned,
}
