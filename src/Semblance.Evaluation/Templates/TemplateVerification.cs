using Semblance.Evaluation.Comparisons;

namespace Semblance.Evaluation.Templates;

/// <summary>Verification of listed pairs of templates.</summary>
/// <param name="Mated">Pairs of one person.</param>
/// <param name="NonMated">Pairs of different people.</param>
/// <param name="Tar">True match rates at false match rates, as far as the pairs support them.</param>
/// <param name="Auc">Area under the ROC.</param>
/// <param name="Eer">Equal error rate.</param>
public sealed record TemplateVerification(int Mated, long NonMated, IReadOnlyList<TrueMatchRate> Tar, double Auc, double Eer);
