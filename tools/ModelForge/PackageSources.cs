namespace ModelForge;

/// <summary>The files that the pack is made from, read once.</summary>
internal sealed class PackageSources(string folder)
{
    private readonly Dictionary<NpmPackage, Dictionary<string, byte[]>> _opened = [];

    public byte[] Read(NpmPackage package, string path)
    {
        if (!_opened.TryGetValue(package, out Dictionary<string, byte[]>? files))
            _opened[package] = files = package.Open(folder);
        return files.TryGetValue(path, out byte[]? content)
            ? content
            : throw new Semblance.Conversion.ConversionException($"{package.ArchiveName} holds no {path}");
    }
}
