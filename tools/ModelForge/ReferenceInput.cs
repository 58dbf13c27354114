using System.Text;

namespace ModelForge;

/// <summary>Inputs that need not be stored: uniform in [-1, 1), from a counter through splitmix64, started by the FNV-1a hash of a
/// name.</summary>
public static class ReferenceInput
{
    /// <summary>Values for a name.</summary>
    public static float[] Fill(string name, int count)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte b in Encoding.UTF8.GetBytes(name))
            hash = (hash ^ b) * 0x00000100000001B3;
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            ulong z = hash + (ulong)i + 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            values[i] = (float)(2 * ((z ^ (z >> 31)) >> 11) * Math.Pow(2, -53) - 1);
        }
        return values;
    }
}
