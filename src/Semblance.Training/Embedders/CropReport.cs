using Semblance.Training.Identity;

namespace Semblance.Training.Embedders;

/// <summary>Says which pictures gave no crop.</summary>
internal static class CropReport
{
    private const int Named = 3;

    public static void Tell(string source, int pictures, CropSet crops, Action<string> say)
    {
        say($"{source}: {pictures} pictures, {pictures - crops.Problems.Count} crops");
        string[] faceless = [.. crops.Problems.Where(problem => problem.Reason == CropSet.NoFace).Select(problem => problem.Name)];
        string[] broken = [.. crops.Problems.Where(problem => problem.Reason != CropSet.NoFace).Select(problem => problem.Reason)];
        if (faceless.Length > 0)
            say($"warning: no face found in {faceless.Length} pictures, left out: {List(faceless)}");
        if (broken.Length > 0)
            say($"warning: {broken.Length} pictures cannot be read, left out: {List(broken)}");
    }

    private static string List(string[] items) => string.Join(", ", items.Take(Named)) + (items.Length > Named ? ", …" : "");
}
