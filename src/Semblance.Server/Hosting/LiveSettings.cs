using System.Text.Json;
using Semblance.Files;

namespace Semblance.Server.Hosting;

/// <summary>Settings that can be changed while the service runs.</summary>
internal sealed class LiveSettings
{
    private const long LargestFile = 1 << 20;

    private readonly Lock _gate = new();
    private readonly string? _file;
    private ServiceSettings _current;

    public LiveSettings(ServiceOptions options)
    {
        _file = options.SettingsFile;
        _current = new()
        {
            FalseMatchRate = options.FalseMatchRate,
            FalsePositiveIdentificationRate = options.FalsePositiveIdentificationRate,
        };
        if (_file is not null && File.Exists(_file))
            _current = Read(_file);
        _current.Validate();
    }

    /// <summary>As they are now.</summary>
    public ServiceSettings Current
    {
        get
        {
            lock (_gate)
                return _current;
        }
    }

    /// <summary>Whether a change outlives the process.</summary>
    public bool IsKept => _file is not null;

    /// <summary>Changes them, in the file first.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public ServiceSettings Change(Func<ServiceSettings, ServiceSettings> change)
    {
        lock (_gate)
        {
            ServiceSettings next = change(_current);
            next.Validate();
            if (_file is not null)
                AtomicFile.WriteAllBytes(_file, JsonSerializer.SerializeToUtf8Bytes(next, ServiceJson.Options));
            return _current = next;
        }
    }

    /// <exception cref="ArgumentException">They are none.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    private static ServiceSettings Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<ServiceSettings>(RegularFile.ReadAllBytes(file, LargestFile), ServiceJson.Options)
                ?? throw new JsonException("it holds null");
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"{file} holds no settings of a service: {e.Message}", e);
        }
    }
}

/// <summary>Rates and choices that hold where a request says nothing.</summary>
internal sealed record ServiceSettings
{
    public double FalseMatchRate { get; init; }

    public double FalsePositiveIdentificationRate { get; init; }

    /// <summary>Whether CompreFace's <c>recognize</c> names the nearest person even where nobody is known.</summary>
    public bool CompreFaceNamesNearest { get; init; }

    public void Validate()
    {
        List<string> problems = [];
        if (!(FalseMatchRate is > 0 and < 1))
            problems.Add($"falseMatchRate is {FalseMatchRate}, a rate lies between 0 and 1");
        if (!(FalsePositiveIdentificationRate is > 0 and < 1))
            problems.Add($"falsePositiveIdentificationRate is {FalsePositiveIdentificationRate}, a rate lies between 0 and 1");
        if (problems.Count > 0)
            throw new ArgumentException(string.Join("; ", problems));
    }
}
