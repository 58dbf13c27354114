using Semblance.Cli.Output;
using Semblance.Gallery;

namespace Semblance.Cli.Commands.Gallery;

/// <summary>Details given for somebody who was known already: an enrolment only adds references to them.</summary>
internal static class UnappliedDetails
{
    /// <summary>Warns of what was given and is not what is held.</summary>
    public static void Warn(PersonDraft given, Enrolment enrolment, string address)
    {
        if (enrolment.IsNew)
            return;
        Person held = enrolment.Person;
        List<string> options = [];
        if (given.ConsentReference is { } consent && consent != held.ConsentReference)
            options.Add("--consent");
        if (given.ExpiresAt is { } expiry && expiry != held.ExpiresAt)
            options.Add("--expires");
        if (given.Metadata.Any(pair => !held.Metadata.TryGetValue(pair.Key, out string? value) || value != pair.Value))
            options.Add("--meta");
        if (options.Count == 0)
            return;
        Messages.Warning(
            $"{held.Name} was known already, so {string.Join(" and ", options)} changed nothing; 'semblance gallery update --store "
                + $"{address} {held.Id} {string.Join(" … ", options)} …' does"
        );
    }
}
