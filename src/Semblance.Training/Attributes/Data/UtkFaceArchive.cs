namespace Semblance.Training.Attributes.Data;

/// <summary>
/// UTKFace (Zhang, Song, Qi, CVPR 2017) as two archives: one file a face with a split, and contact sheets of 400 that are all training
/// data. Both are averaged down to one size, so that neither resolution nor compression tells them apart.
/// </summary>
internal static class UtkFaceArchive
{
    /// <summary>Side to which every crop is brought.</summary>
    public const int Side = 96;

    private const int Cell = 128,
        FacesOfASheet = 400,
        OldestAge = 116;

    /// <summary>The order of genders.</summary>
    public static IReadOnlyList<string> Genders { get; } = ["female", "male"];

    /// <summary>Reads one split of the archive with single files.</summary>
    /// <param name="archive">Folder or archive.</param>
    /// <param name="split"><c>train</c> or <c>val</c>.</param>
    public static List<PersonSample> Read(ImageArchive archive, string split) =>
        [
            .. LabelTable
                .Read(archive, "file", "age", "gender", "race", "split")
                .Rows.Where(row => row.Text("split") == split)
                .Select(row =>
                {
                    string file = row.Text("file")!;
                    return Sample(row, CropDecoder.Colour(archive.Read(file), $"{archive.Path}: {file}", Side));
                }),
        ];

    /// <summary>Reads the archive of contact sheets.</summary>
    /// <param name="archive">Folder or archive.</param>
    public static List<PersonSample> ReadSheets(ImageArchive archive)
    {
        LabelTable table = LabelTable.Read(archive, "index", "age", "gender", "race");
        int count = table.Rows.Max(row => row.Number("index", 0, int.MaxValue)) + 1;
        FaceCrop[] crops = new FaceCrop[count];
        for (int first = 0; first < count; first += FacesOfASheet)
        {
            string name = $"sheets/{first / FacesOfASheet:000}.jpg";
            CropDecoder
                .ColourSheet(archive.Read(name), $"{archive.Path}: {name}", Cell, Math.Min(FacesOfASheet, count - first), Side)
                .CopyTo(crops, first);
        }
        return [.. table.Rows.Select(row => Sample(row, crops[row.Number("index", 0, count - 1)]))];
    }

    private static PersonSample Sample(LabelTable.LabelRow row, FaceCrop crop) =>
        new(crop, row.Number("age", 1, OldestAge), row.IndexIn("gender", Genders), row.Text("race")!);
}
