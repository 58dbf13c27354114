namespace Semblance.Evaluation.Templates;

/// <summary>Templates that are enrolled together.</summary>
/// <param name="Name">What it is called, e.g. the name of its file.</param>
/// <param name="Templates">The templates with their people.</param>
public sealed record TemplateGallery(string Name, IReadOnlyList<TemplateSubject> Templates);
