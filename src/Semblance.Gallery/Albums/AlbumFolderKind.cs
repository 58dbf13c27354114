namespace Semblance.Gallery.Albums;

/// <summary>Whose a folder is.</summary>
public enum AlbumFolderKind
{
    /// <summary>A person of the gallery.</summary>
    Person,

    /// <summary>Faces that look like one person.</summary>
    Group,

    /// <summary>Pictures with faces that are nobody's.</summary>
    Others,

    /// <summary>Pictures without a face.</summary>
    NoFace,
}
