using System.Security.Cryptography;
using System.Text;
using Semblance.Training.Identity;
using Semblance.Training.Trainer;

namespace Semblance.Training.Embedders;

/// <summary>Crops of known people.</summary>
/// <param name="Crops">112 x 112 x 3 bytes each.</param>
/// <param name="Labels">Index of the person of each.</param>
/// <param name="Names">Names of the people.</param>
/// <param name="Layout">The network's input.</param>
internal sealed record LabelledCrops(
    IReadOnlyList<byte[]> Crops,
    IReadOnlyList<int> Labels,
    IReadOnlyList<string> Names,
    InputLayout Layout
)
{
    /// <summary>One picture teaches nothing about what stays the same in a face.</summary>
    public const int FewestPictures = 2;

    /// <summary>More people than this measure thresholds no better.</summary>
    public const int MostAside = 500;

    public int Classes => Names.Count;

    /// <summary>Says in few words who and how much there is, so that a run is not resumed with other data.</summary>
    public string Fingerprint
    {
        get
        {
            byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Names) + '\n' + string.Join(' ', Labels)));
            return $"{Classes} people, {Crops.Count} crops, {Convert.ToHexStringLower(hash)[..12]}";
        }
    }

    /// <summary>People who are not trained on, for the thresholds; null for none.</summary>
    public LabelledCrops? Aside { get; init; }

    /// <summary>Opens the data, makes the crops, leaves out what cannot be used and says so.</summary>
    public static LabelledCrops Open(
        EmbedderOptions options,
        IReadOnlyList<FaceCropper> croppers,
        string cache,
        InputLayout layout,
        Action<string> say,
        CancellationToken stop
    )
    {
        IdentitySet set = IdentitySet.Open(options.Data, options.Images);
        CropSet[] crops = [.. croppers.Select(cropper => CropSet.Make(set.Samples, cropper, cache, options.Threads, stop))];
        for (int i = 0; i < crops.Length; i++)
            CropReport.Tell(croppers.Count > 1 ? $"{options.Data}, {croppers[i].Id}" : options.Data, set.Samples.Count, crops[i], say);
        if (crops[0].Problems.Count == set.Samples.Count)
            throw new TrainingException(
                $"{options.Data}: none of its {set.Samples.Count} pictures can be used; the first, {crops[0].Problems[0].Name}: "
                    + $"{crops[0].Problems[0].Reason}"
            );

        int[] counts = new int[set.Names.Count];
        for (int i = 0; i < set.Samples.Count; i++)
            if (crops.Any(made => made.Has(i)))
                counts[set.Samples[i].Identity]++;
        int[] kept = [.. Enumerable.Range(0, counts.Length).Where(person => counts[person] >= FewestPictures)];
        string[] leftOut = [.. Enumerable.Range(0, counts.Length).Except(kept).Select(person => set.Names[person])];
        if (leftOut.Length > 0)
            say(
                $"warning: {leftOut.Length} people have fewer than {FewestPictures} usable pictures and are left out: "
                    + $"{string.Join(", ", leftOut.Take(5))}{(leftOut.Length > 5 ? ", …" : "")}"
            );
        if (kept.Length < 2)
            throw new TrainingException(
                $"{options.Data}: {kept.Length} of {set.Names.Count} people have {FewestPictures} usable pictures or more; two such "
                    + $"people at least are needed"
            );

        int[] aside = options.Calibrate is null ? DrawAside(kept, options) : [];
        return Of([.. kept.Except(aside)], crops) with { Aside = aside.Length > 0 ? Of(aside, crops[..1]) : null };

        LabelledCrops Of(int[] people, IReadOnlyList<CropSet> sources)
        {
            Dictionary<int, int> indexes = people
                .Select((person, index) => (person, index))
                .ToDictionary(pair => pair.person, pair => pair.index);
            (CropSet Set, int Index)[] used =
            [
                .. from made in sources from i in made.Usable where indexes.ContainsKey(set.Samples[i].Identity) select (made, i),
            ];
            return new(
                new ChosenCrops(used),
                [.. used.Select(crop => indexes[set.Samples[crop.Index].Identity])],
                [.. people.Select(person => set.Names[person])],
                layout
            );
        }
    }

    /// <summary>Draws the people who are kept aside: by the seed alone, two at least or none, and two at least stay.</summary>
    private static int[] DrawAside(int[] people, EmbedderOptions options)
    {
        int count = Math.Min((int)Math.Round(options.KeepAside * people.Length), MostAside);
        if (count < 2 || people.Length - count < 2)
            return [];
        int[] shuffled = [.. people];
        StepRandom.For(options.Seed, 0, RandomStream.Aside).Shuffle(shuffled);
        return [.. shuffled.Take(count).Order()];
    }
}
