namespace Semblance.TestSupport;

/// <summary>Puts what parsers look for where it does not belong, and takes stretches away.</summary>
internal static class SplicedBytes
{
    public static byte[] Of(byte[] request, Random random)
    {
        List<byte> bytes = [.. request];
        for (int k = random.Next(1, 12); k > 0 && bytes.Count > 10; k--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)));
                    break;
                default:
                    bytes.InsertRange(at, Enumerable.Repeat((byte)"\0\r\n%?&;-\"{["[random.Next(11)], random.Next(1, 5)));
                    break;
            }
        }
        return [.. bytes];
    }
}
