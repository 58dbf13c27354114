namespace Semblance.Runtime;

/// <summary>Something that loads its networks on first use and can do so early.</summary>
internal interface IWarmable
{
    /// <summary>Loads now.</summary>
    void Warm();
}
