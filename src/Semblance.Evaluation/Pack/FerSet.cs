using Semblance.Evaluation.Attributes;
using Semblance.Evaluation.Running;

namespace Semblance.Evaluation.Pack;

/// <summary>The validation part of FER-2013 with FER+'s votes, faces of 48 pixels on sheets of 1,600.</summary>
internal static class FerSet
{
    private const int Cell = 48,
        Columns = 40,
        FacesOfASheet = 1600;

    private static readonly (string Column, string Name)[] Votes =
    [
        ("ferplus_anger", "angry"),
        ("ferplus_disgust", "disgust"),
        ("ferplus_fear", "fear"),
        ("ferplus_happiness", "happy"),
        ("ferplus_neutral", "neutral"),
        ("ferplus_sadness", "sad"),
        ("ferplus_surprise", "surprise"),
    ];

    private static readonly string[] OtherVotes = ["ferplus_contempt", "ferplus_unknown", "ferplus_nf"];

    /// <summary>Faces with their own label, those with a majority of votes with that, and the set of their pictures.</summary>
    public static (IReadOnlyList<LabelledFace> Own, IReadOnlyList<LabelledFace> Majority, PictureSet Set) Read(PictureSet archive)
    {
        ContactSheets sheets = new(archive, Cell, Columns, FacesOfASheet);
        Dictionary<string, Func<ReadOnlyMemory<byte>>> pictures = [];
        List<LabelledFace> own = [],
            majority = [];
        archive.ReadText("labels.csv", path => CsvTable.Read(path, ["index", "emotion", "usage"], row =>
            {
                if (row("usage") != "val")
                    return 0;
                int index = CsvTable.WholeNumber("index", row("index"));
                string file = $"{index:00000}.png";
                pictures[file] = () => sheets.Face(index);
                own.Add(new(file, null, null, row("emotion"), null));
                int[] votes = [.. Votes.Select(vote => CsvTable.WholeNumber(vote.Column, row(vote.Column)))];
                int all = votes.Sum() + OtherVotes.Sum(column => CsvTable.WholeNumber(column, row(column))),
                    best = Array.IndexOf(votes, votes.Max());
                // More than half of all ten people name it.
                if (votes[best] * 2 > all)
                    majority.Add(new(file, null, null, Votes[best].Name, null));
                return index;
            }));
        return (own, majority, PictureSet.Of("FER-2013", pictures));
    }
}
