using Semblance.Conversion.Weights;
using static System.FormattableString;

namespace Semblance.Conversion.Architectures;

/// <summary>The architectures that are known, and how weights are matched with one.</summary>
public static class ArchitectureCatalog
{
    /// <summary>Below this share of its entries an architecture is not worth naming as the nearest.</summary>
    private const double NearEnough = 0.5;

    /// <summary>How many keys of weights that are like nothing known the message lists.</summary>
    private const int Listed = 8;

    private static readonly Lazy<IReadOnlyList<IArchitecture>> Known = new(() =>
        [
            .. IResNet.All,
            new ArcFaceMobileFaceNet(),
            .. AdaFaceIr.All,
            new RetinaFaceMobileNet(),
            new RetinaFaceResNet(),
            new MtcnnProposal(),
            new MtcnnRefinement(),
            new MtcnnOutput(),
            new BlazeFaceFront(),
            new BlazeFaceBack(),
        ]
    );

    /// <summary>All architectures.</summary>
    public static IReadOnlyList<IArchitecture> All => Known.Value;

    /// <summary>The architecture of a name.</summary>
    /// <exception cref="ConversionException">There is none of this name; the message lists those that there are.</exception>
    public static IArchitecture Get(string id) =>
        All.FirstOrDefault(architecture => architecture.Id == id)
        ?? throw new ConversionException(
            $"no architecture is called '{id}'; known are {string.Join(", ", All.Select(architecture => architecture.Id))}"
        );

    /// <summary>The architecture whose keys and shapes the weights have, all of them and no others; prefixes such as <c>module.</c> fall
    /// away.</summary>
    /// <param name="candidates">State_dicts that may hold the network; the first that fits is taken.</param>
    /// <exception cref="ConversionException">None fits; the message says what the nearest lacks.</exception>
    public static RecognizedNetwork Recognize(IEnumerable<StateDict> candidates) => Match(candidates, All);

    /// <summary>The weights of an architecture that is known beforehand.</summary>
    /// <inheritdoc cref="Recognize(IEnumerable{StateDict})"/>
    /// <param name="architecture">The architecture.</param>
    public static RecognizedNetwork Recognize(IEnumerable<StateDict> candidates, IArchitecture architecture) =>
        Match(candidates, [architecture]);

    private static RecognizedNetwork Match(IEnumerable<StateDict> candidates, IReadOnlyList<IArchitecture> architectures)
    {
        StateMismatch? nearest = null;
        StateDict? first = null;
        foreach (StateDict weights in candidates.SelectMany(KeyPrefixes.Without))
        {
            first ??= weights;
            foreach (IArchitecture architecture in architectures)
            {
                StateMismatch mismatch = StateMismatch.Between(architecture, weights);
                if (mismatch.IsNone)
                    return new(architecture, weights);
                if (nearest is null || mismatch.Similarity > nearest.Similarity)
                    nearest = mismatch;
            }
        }
        if (nearest is null || first is null)
            throw new ConversionException("the file holds no tensors");
        if (nearest.Similarity >= NearEnough || architectures.Count == 1)
            throw new ConversionException($"the weights are not {nearest.Architecture.Id}: {nearest}");
        string known = string.Join(", ", architectures.Select(architecture => architecture.Id));
        string keys = string.Join(", ", first.Keys.Take(Listed)) + (first.Keys.Count > Listed ? ", …" : "");
        throw new ConversionException(
            $"the weights are of no known architecture ({known}); their keys are {keys}"
                + (
                    nearest.Similarity > 0
                        ? Invariant($"; nearest is {nearest.Architecture.Id}, of whose entries they have {nearest.Similarity:0 %}")
                        : ""
                )
        );
    }
}
