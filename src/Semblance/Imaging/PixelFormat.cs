namespace Semblance.Imaging;

/// <summary>Order of the bytes of one pixel in memory, 8 bits a channel.</summary>
public enum PixelFormat
{
    /// <summary>Red, green, blue; 3 bytes.</summary>
    Rgb24,

    /// <summary>Blue, green, red; 3 bytes (OpenCV, System.Drawing).</summary>
    Bgr24,

    /// <summary>Red, green, blue, one ignored byte (alpha or padding); 4 bytes.</summary>
    Rgbx32,

    /// <summary>Blue, green, red, one ignored byte (alpha or padding); 4 bytes.</summary>
    Bgrx32,

    /// <summary>One byte of luminance.</summary>
    Gray8,
}
