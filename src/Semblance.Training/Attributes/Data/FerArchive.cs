namespace Semblance.Training.Attributes.Data;

/// <summary>
/// FER-2013 (Goodfellow et al., ICML 2013 challenge) with the votes of FER+ (Barsoum et al., ICMI 2016): grey 48 x 48 faces on contact
/// sheets of 1,600.
/// </summary>
internal static class FerArchive
{
    private const int Cell = 48,
        FacesOfASheet = 1600;

    private static readonly string[] VoteColumns =
    [
        "ferplus_anger",
        "ferplus_disgust",
        "ferplus_fear",
        "ferplus_happiness",
        "ferplus_neutral",
        "ferplus_sadness",
        "ferplus_surprise",
    ];

    private static readonly string[] OtherColumns = ["ferplus_contempt", "ferplus_unknown", "ferplus_nf"];

    /// <summary>Reads one split.</summary>
    /// <param name="archive">Folder or archive.</param>
    /// <param name="split"><c>train</c> or <c>val</c>.</param>
    public static List<EmotionSample> Read(ImageArchive archive, string split)
    {
        LabelTable table = LabelTable.Read(archive, ["index", "emotion", "usage", .. VoteColumns, .. OtherColumns]);
        int count = table.Rows.Max(row => row.Number("index", 0, int.MaxValue)) + 1;
        FaceCrop[] crops = new FaceCrop[count];
        for (int first = 0; first < count; first += FacesOfASheet)
        {
            string name = $"sheets/{first / FacesOfASheet:000}.jpg";
            CropDecoder
                .GreySheet(archive.Read(name), $"{archive.Path}: {name}", Cell, Math.Min(FacesOfASheet, count - first))
                .CopyTo(crops, first);
        }
        return
        [
            .. table
                .Rows.Where(row => row.Text("usage") == split)
                .Select(row => new EmotionSample(
                    crops[row.Number("index", 0, count - 1)],
                    row.IndexIn("emotion", EmotionNames.All),
                    Votes(row, VoteColumns)
                )
                {
                    AllVotes = Votes(row, VoteColumns).Sum() + Votes(row, OtherColumns).Sum(),
                }),
        ];
    }

    private static float[] Votes(LabelTable.LabelRow row, string[] columns) =>
        [.. columns.Select(column => (float)row.Number(column, 0, 10))];
}
