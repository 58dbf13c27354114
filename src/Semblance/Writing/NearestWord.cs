namespace Semblance.Writing;

/// <summary>The word that somebody who mistyped one most likely meant.</summary>
public static class NearestWord
{
    /// <summary>Finds it.</summary>
    /// <param name="word">What was typed.</param>
    /// <param name="words">What there is.</param>
    /// <returns>The nearest word; null where none is near: more than a third of its letters would be other ones.</returns>
    public static string? Find(string word, IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(words);
        return words
            .Select(known => (Word: known, Distance: Distance(word, known)))
            .Where(found => found.Distance <= Math.Max(1, found.Word.Trim('-').Length / 3))
            .OrderBy(found => found.Distance)
            .ThenBy(found => found.Word, StringComparer.Ordinal)
            .Select(found => found.Word)
            .FirstOrDefault();
    }

    /// <summary>Letters left out, added, replaced, or exchanged with their neighbour (optimal string alignment); case is ignored.</summary>
    private static int Distance(string one, string other)
    {
        one = one.ToUpperInvariant();
        other = other.ToUpperInvariant();
        int[,] steps = new int[one.Length + 1, other.Length + 1];
        for (int i = 0; i <= one.Length; i++)
            steps[i, 0] = i;
        for (int j = 0; j <= other.Length; j++)
            steps[0, j] = j;
        for (int i = 1; i <= one.Length; i++)
        for (int j = 1; j <= other.Length; j++)
        {
            int replaced = steps[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
            steps[i, j] = Math.Min(replaced, Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1);
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                steps[i, j] = Math.Min(steps[i, j], steps[i - 2, j - 2] + 1);
        }
        return steps[one.Length, other.Length];
    }
}
