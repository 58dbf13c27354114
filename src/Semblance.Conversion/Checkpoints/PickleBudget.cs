namespace Semblance.Conversion.Checkpoints;

/// <summary>What one pickle has used up of <see cref="PickleLimits"/>.</summary>
internal sealed class PickleBudget
{
    private long _textBytes,
        _copiedItems;

    /// <summary>Pays for a text or a byte string before it is read.</summary>
    /// <exception cref="ConversionException">There is no more.</exception>
    public void SpendText(ulong bytes)
    {
        if (bytes > PickleLimits.TextBytes || (_textBytes += (long)bytes) > PickleLimits.TextBytes)
            throw new ConversionException($"the pickle holds more than {PickleLimits.TextBytes >> 20} MB of text");
    }

    /// <summary>Pays for items before a call copies them.</summary>
    /// <exception cref="ConversionException">There is no more.</exception>
    public void SpendCopies(int items)
    {
        if ((_copiedItems += items) > PickleLimits.CopiedItems)
            throw new ConversionException($"the pickle copies containers until they hold more than {PickleLimits.CopiedItems} items");
    }
}
