namespace Semblance.Training.Attributes.Data;

/// <summary>Aligned colour faces of RAF-DB's basic emotions (Li, Deng, Du, CVPR 2017): one file a face.</summary>
internal static class RafArchive
{
    /// <summary>Reads one split.</summary>
    /// <param name="archive">Folder or archive.</param>
    /// <param name="split"><c>train</c> or <c>val</c>.</param>
    public static List<EmotionSample> Read(ImageArchive archive, string split) =>
        [
            .. LabelTable
                .Read(archive, "file", "emotion", "split")
                .Rows.Where(row => row.Text("split") == split)
                .Select(row =>
                {
                    string file = row.Text("file")!;
                    int emotion = row.IndexIn("emotion", EmotionNames.All);
                    return new EmotionSample(CropDecoder.Colour(archive.Read(file), $"{archive.Path}: {file}"), emotion, null);
                }),
        ];
}
