namespace Semblance.Client;

internal sealed record PeopleAnswer(IReadOnlyList<PersonAnswer> People, string? Next);
