using Semblance.Geometry;

namespace Semblance.Evaluation.Detection;

/// <summary>A picture of WIDER FACE's own evaluation.</summary>
/// <param name="File">Event and name, e.g. <c>0--Parade/0_Parade_marchingband_1_465.jpg</c>.</param>
/// <param name="Boxes">All labelled faces.</param>
/// <param name="Counted">Positions in <paramref name="Boxes"/> of the faces that count in this setting; the others are ignored.</param>
public sealed record WiderFaceTruth(string File, IReadOnlyList<FaceBox> Boxes, IReadOnlyList<int> Counted)
{
    /// <summary>The settings, from easy to hard.</summary>
    public static IReadOnlyList<string> Settings { get; } = ["easy", "medium", "hard"];

    /// <summary>Reads the truth of one setting from the evaluation's folder <c>ground_truth</c>.</summary>
    /// <param name="folder">Holds <c>wider_face_val.mat</c> and <c>wider_easy_val.mat</c>, <c>wider_medium_val.mat</c>,
    /// <c>wider_hard_val.mat</c>.</param>
    /// <param name="setting">One of <see cref="Settings"/>.</param>
    /// <exception cref="EvaluationException">A file is missing, damaged, or does not fit the others.</exception>
    public static IReadOnlyList<WiderFaceTruth> Read(string folder, string setting)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Settings.Contains(setting))
            throw new EvaluationException($"'{setting}' is no setting; known are {string.Join(", ", Settings)}");
        string whole = Path.Combine(folder, "wider_face_val.mat"),
            chosen = Path.Combine(folder, $"wider_{setting}_val.mat");
        IReadOnlyDictionary<string, MatValue> all = MatFile.Read(whole);
        IReadOnlyList<MatValue> events = Cells(whole, all, "event_list"),
            files = Cells(whole, all, "file_list"),
            boxes = Cells(whole, all, "face_bbx_list"),
            kept = Cells(chosen, MatFile.Read(chosen), "gt_list");
        if (files.Count != events.Count || boxes.Count != events.Count || kept.Count != events.Count)
            throw new EvaluationException($"{chosen} and {whole} have different numbers of events");
        List<WiderFaceTruth> images = [];
        for (int e = 0; e < events.Count; e++)
        {
            IReadOnlyList<MatValue> names = files[e].Cells ?? [],
                faces = boxes[e].Cells ?? [],
                indices = kept[e].Cells ?? [];
            if (faces.Count != names.Count || indices.Count != names.Count)
                throw new EvaluationException($"{chosen}: event {events[e].Text} has another number of pictures than in {whole}");
            for (int i = 0; i < names.Count; i++)
                images.Add(Image(chosen, $"{events[e].Text}/{names[i].Text}.jpg", faces[i], indices[i]));
        }
        return images;
    }

    private static WiderFaceTruth Image(string path, string name, MatValue faces, MatValue indices)
    {
        int count = faces.Dimensions[0];
        if (faces.Numbers.Count != 4 * count)
            throw new EvaluationException($"{path}: {name} has boxes of another kind than x, y, width, height");
        // Column by column: all x, all y, all widths, all heights. Positions count from 1.
        FaceBox[] boxes =
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new FaceBox(
                    (float)faces.Numbers[i],
                    (float)faces.Numbers[count + i],
                    (float)faces.Numbers[2 * count + i],
                    (float)faces.Numbers[3 * count + i]
                )),
        ];
        int[] counted = [.. indices.Numbers.Select(index => (int)index - 1)];
        if (counted.Any(index => index < 0 || index >= count))
            throw new EvaluationException($"{path}: {name} has {count} faces, but one beyond them counts");
        return new(name, boxes, counted);
    }

    private static IReadOnlyList<MatValue> Cells(string path, IReadOnlyDictionary<string, MatValue> variables, string name) =>
        variables.TryGetValue(name, out MatValue? value) && value.Cells is { } cells
            ? cells
            : throw new EvaluationException($"{path}: holds no cells '{name}'");
}
