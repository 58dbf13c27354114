namespace Semblance.Gallery.Conformance;

/// <summary>The people that a process enrols until it is killed: by number, so that another process knows what they must look
/// like.</summary>
public static class CrashPeople
{
    public static string NameOf(int number) => $"Person {number}";

    public static ReferenceDraft[] FacesOf(int number) =>
        [.. Enumerable.Range(0, 1 + number % 4).Select(i => new ReferenceDraft(Faces.Like(number, i)) { Source = $"{number}/{i}" })];
}
