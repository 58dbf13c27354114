using Semblance.Evaluation.Identification;

namespace Semblance.Evaluation.Templates;

/// <summary>Open-set identification of templates in one gallery.</summary>
/// <param name="Gallery">The gallery.</param>
/// <param name="Report">CMC, FPIR and FNIR.</param>
public sealed record TemplateIdentification(string Gallery, IdentificationReport Report);
