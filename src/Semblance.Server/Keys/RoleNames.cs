namespace Semblance.Server.Keys;

/// <summary>The words for roles.</summary>
public static class RoleNames
{
    private static readonly (string Name, KeyRoles Role)[] Table =
    [
        ("analyse", KeyRoles.Analyse),
        ("identify", KeyRoles.Identify),
        ("enrol", KeyRoles.Enrol),
        ("admin", KeyRoles.Admin),
    ];

    /// <summary>All words.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Table.Select(row => row.Name)];

    /// <summary>The words of roles.</summary>
    public static IReadOnlyList<string> Of(KeyRoles roles) => [.. Table.Where(row => roles.HasFlag(row.Role)).Select(row => row.Name)];

    /// <summary>The roles of words.</summary>
    /// <exception cref="ArgumentException">A word is no role.</exception>
    public static KeyRoles Parse(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        KeyRoles roles = KeyRoles.None;
        foreach (string name in names)
            roles |= Table.FirstOrDefault(row => row.Name == name).Role is var role and not KeyRoles.None
                ? role
                : throw new ArgumentException($"'{name}' is no role; roles are {string.Join(", ", All)}");
        return roles;
    }
}
