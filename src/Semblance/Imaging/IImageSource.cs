namespace Semblance.Imaging;

/// <summary>Where an image's pixels come from. Calls are serialised by <see cref="FaceImage"/>.</summary>
internal interface IImageSource : IDisposable
{
    /// <summary>Width of the upright image.</summary>
    int Width { get; }

    /// <summary>Height of the upright image.</summary>
    int Height { get; }

    /// <summary>Whether <see cref="Decode"/> gives reduced images without making the full one.</summary>
    bool DecodesReduced { get; }

    /// <summary>What is wrong with the picture although it can be decoded; known once it has been, null for nothing.</summary>
    string? Warning => null;

    /// <summary>The compressed data; empty where there never was any.</summary>
    ReadOnlyMemory<byte> Encoded => default;

    /// <summary>The upright pixels at 1/divisor of the size.</summary>
    /// <param name="divisor">1, or 2, 4, 8 where <see cref="DecodesReduced"/>.</param>
    /// <exception cref="ImageFormatException">The data is broken.</exception>
    DecodedPixels Decode(int divisor);
}

/// <summary>Pixels and who frees them: null when they are lent.</summary>
internal readonly record struct DecodedPixels(ScaledPixels Scaled, PixelBuffer? Owner);
