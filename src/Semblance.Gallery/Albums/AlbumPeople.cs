namespace Semblance.Gallery.Albums;

/// <summary>Who gets a folder.</summary>
public enum AlbumPeople
{
    /// <summary>People of the gallery, and every group of faces that look like one person.</summary>
    Everybody,

    /// <summary>People of the gallery alone.</summary>
    KnownAlone,
}
