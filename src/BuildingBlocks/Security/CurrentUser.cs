namespace Platform.BuildingBlocks.Security;

/// <summary>Who acts, and what she may do within which scopes. Every decision asks this.</summary>
public interface ICurrentUser
{
    /// <summary>The account or API client; null for the platform itself and for nobody.</summary>
    Guid? Id { get; }

    string DisplayName { get; }
    bool IsSignedIn { get; }

    /// <summary>The platform at work by itself: a reaction, a job, the command line.</summary>
    bool IsPlatform { get; }

    /// <summary>When she last proved who she is, in UTC; null for whom nobody can ask: a machine, the platform itself.</summary>
    DateTime? ProvedAt { get; }

    /// <summary>Network address of the request, for the audit.</summary>
    string? Address { get; }

    IReadOnlyList<Assignment> Assignments { get; }

    bool May(string permission);

    /// <summary>The scopes within which the permission holds: only those of the assignments whose role
    /// grants it. The platform has none and is not bounded (<see cref="IsPlatform"/>).</summary>
    IReadOnlyList<Scope> ScopesOf(string permission);

    /// <summary>Those outside her scopes whom she has opened and still may see.</summary>
    IReadOnlyList<OpenedPerson> Opened { get; }

    /// <summary>Of these, whom the permission shows: only one that is for reading does.</summary>
    IReadOnlyList<Guid> OpenedUnder(string permission);

    /// <summary>Where her request looked within her scopes.</summary>
    OutOfScope Looked { get; }
}

/// <summary>A person or machine that has proven who it is.</summary>
public sealed record Identity(Guid Id, string DisplayName, IReadOnlyList<Assignment> Assignments)
{
    /// <inheritdoc cref="ICurrentUser.ProvedAt"/>
    public DateTime? ProvedAt { get; init; }
}

/// <summary>The user of this service scope: set once, at the door (sign-in cookie, API key, courier, job, command line).</summary>
public sealed class CurrentUser(PermissionCatalogue catalogue) : ICurrentUser
{
    private Identity? identity;

    public Guid? Id { get; private set; }
    public string DisplayName => identity?.DisplayName ?? (IsPlatform ? "platform" : "");
    public bool IsSignedIn => identity is not null;
    public bool IsPlatform { get; private set; }
    public DateTime? ProvedAt => identity?.ProvedAt;
    public string? Address { get; private set; }
    public IReadOnlyList<Assignment> Assignments => identity?.Assignments ?? [];
    public IReadOnlyList<OpenedPerson> Opened { get; private set; } = [];
    public OutOfScope Looked { get; } = new();

    public void Become(Identity who, string? address, IReadOnlyList<OpenedPerson>? opened = null)
    {
        (identity, Id, IsPlatform, Address, Opened) = (who, who.Id, false, address, opened ?? []);
    }

    /// <param name="onBehalfOf">The account whose act set the platform to work, for the audit.</param>
    public void BecomePlatform(Guid? onBehalfOf = null)
    {
        (identity, Id, IsPlatform, Address, Opened) = (null, onBehalfOf, true, null, []);
    }

    public bool May(string permission) =>
        IsPlatform || Assignments.Any(a => catalogue.Grants(permission, a.Role));

    public IReadOnlyList<Scope> ScopesOf(string permission) =>
        [.. Assignments.Where(a => catalogue.Grants(permission, a.Role)).Select(a => a.Scope).Distinct()];

    public IReadOnlyList<Guid> OpenedUnder(string permission) =>
        Opened.Count > 0 && May(permission) && catalogue.ShowsOpened(permission) ? [.. Opened.Select(o => o.PatientId)] : [];
}

/// <summary>All permissions of all modules.</summary>
public sealed class PermissionCatalogue
{
    private readonly Dictionary<string, HashSet<Role>> roles = new(StringComparer.Ordinal);
    private readonly HashSet<string> showingOpened = new(StringComparer.Ordinal);

    public PermissionCatalogue(IEnumerable<Module> modules)
    {
        foreach (var permission in PlatformPermissions.All.Concat(modules.SelectMany(m => m.Permissions)))
        {
            if (!roles.TryAdd(permission.Name, [.. permission.Roles]))
                throw new InvalidOperationException($"The permission {permission.Name} is declared twice.");
            if (permission.ShowsOpened)
                showingOpened.Add(permission.Name);
        }
    }

    public IReadOnlyCollection<string> Names => roles.Keys;

    /// <summary>Those that not every person has.</summary>
    public IEnumerable<string> OfSome => roles.Where(r => !RoleKinds.OfPeople.All(r.Value.Contains)).Select(r => r.Key);

    public bool ShowsOpened(string permission) => showingOpened.Contains(permission);

    public bool Grants(string permission, Role role) =>
        roles.TryGetValue(permission, out var granted)
            ? granted.Contains(role)
            : throw new InvalidOperationException($"No module declares the permission {permission}.");
}
