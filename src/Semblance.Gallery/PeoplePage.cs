using Semblance.Gallery.Storage;

namespace Semblance.Gallery;

/// <summary>A part of the list of people.</summary>
/// <param name="People">People by id, which is the order of enrolment.</param>
/// <param name="Next">Where the next part begins, to be given as <see cref="PeopleQuery.After"/>; null at the end. People who come or go
/// meanwhile are neither given twice nor make others be left out.</param>
public sealed record PeoplePage(IReadOnlyList<PersonEntry> People, Guid? Next);
