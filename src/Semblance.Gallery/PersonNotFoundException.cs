namespace Semblance.Gallery;

/// <summary>Nobody of that id or name is in the gallery.</summary>
public sealed class PersonNotFoundException : GalleryException
{
    /// <summary>Creates the error.</summary>
    /// <param name="gallery">Address of the gallery.</param>
    /// <param name="asked">The id or name.</param>
    public PersonNotFoundException(string gallery, string asked)
        : base($"{gallery} knows nobody with the id or name '{asked}'") => (Gallery, Asked) = (gallery, asked);

    /// <summary>Creates the error for somebody who is there and cannot be compared.</summary>
    /// <param name="gallery">Address of the gallery.</param>
    /// <param name="person">Who has expired or has no reference.</param>
    public PersonNotFoundException(string gallery, Person person)
        : base($"{gallery} compares nobody with '{person?.Name}', who has expired or has no reference")
    {
        ArgumentNullException.ThrowIfNull(person);
        (Gallery, Asked, Person) = (gallery, person.Id.ToString(), person);
    }

    /// <summary>Address of the gallery.</summary>
    public string Gallery { get; }

    /// <summary>Who is there and cannot be compared; null where nobody is there.</summary>
    public Person? Person { get; }

    /// <summary>The id or name.</summary>
    public string Asked { get; }

    /// <inheritdoc/>
    public override string Code => "person-not-found";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.NotFound;
}
