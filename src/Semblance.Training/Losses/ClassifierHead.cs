using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Semblance.Training.Losses;

/// <summary>
/// The classifier that an embedder is trained with and that is thrown away afterwards: cosines between normalised features and normalised
/// class weights, a margin, and cross-entropy.
/// </summary>
internal sealed class ClassifierHead : nn.Module
{
    private readonly Parameter weight;
    private readonly Margin margin;
    private readonly double _filter;

    /// <summary>Makes a head.</summary>
    /// <param name="weight">[classes, d], need not be normalised.</param>
    /// <param name="margin">What makes the right class harder.</param>
    /// <param name="interclassFilter">Cosines of wrong classes above this count as 0, because they are likely the same person under two
    /// labels (An et al., "Killing Two Birds with One Stone", CVPR 2022, section 3.2; arcface_torch's interclass_filtering_threshold); 0
    /// filters nothing.</param>
    public ClassifierHead(Tensor weight, Margin margin, double interclassFilter = 0)
        : base(nameof(ClassifierHead))
    {
        (this.weight, this.margin, _filter) = (new Parameter(weight), margin, interclassFilter);
        RegisterComponents();
    }

    /// <summary>Class weights, [classes, d].</summary>
    public Parameter Weight => weight;

    /// <summary>Class weights as arcface_torch starts them: normal, standard deviation 0.01.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="dimension">Length of a feature.</param>
    /// <param name="seed">Seed of the numbers.</param>
    public static Tensor RandomWeight(int classes, int dimension, int seed)
    {
        using Generator generator = new((ulong)seed);
        return randn(classes, dimension, generator: generator) * 0.01;
    }

    /// <summary>Mean cross-entropy.</summary>
    /// <param name="features">[N, d], not normalised.</param>
    /// <param name="labels">[N], classes.</param>
    /// <param name="classes">Rows of the weight that take part, in rising order, which must hold every label; null for all.</param>
    public Tensor Loss(Tensor features, Tensor labels, Tensor? classes = null)
    {
        Tensor part = classes is null ? weight : weight.index_select(0, classes);
        Tensor positions = classes is null ? labels : searchsorted(classes, labels);
        return nn.functional.cross_entropy(Logits(features, positions, part), positions);
    }

    /// <summary>Logits of features against class weights.</summary>
    /// <param name="features">[N, d], not normalised.</param>
    /// <param name="labels">[N], rows of <paramref name="classWeight"/>.</param>
    /// <param name="classWeight">[classes, d], not normalised.</param>
    internal Tensor Logits(Tensor features, Tensor labels, Tensor classWeight)
    {
        Tensor norms = features.norm(1, keepdim: true, p: 2);
        Tensor cosine = nn.functional.normalize(features).matmul(nn.functional.normalize(classWeight).t());
        return margin.Logits(_filter > 0 ? InterclassFilter.Apply(cosine, labels, _filter) : cosine, labels, norms);
    }
}
