using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Patients.Contracts;

/// <summary>By what right somebody acts for a person.</summary>
public enum ProxyKind
{
    /// <summary>Parent of a minor: until the day before the eighteenth birthday (Civil Code, art. 2 and 316).</summary>
    Parent,

    /// <summary>Tutore or amministratore di sostegno, by a judge's order.</summary>
    Guardian,

    /// <summary>Somebody whom she appointed herself, in writing.</summary>
    Delegate,
}

/// <summary>Who may act for a person today: book for her, see her results.</summary>
[BetweenModules]
public sealed record ProxiesOf(Guid PatientId) : IQuery<IReadOnlyList<Proxy>>;

/// <param name="PatientId">The one who acts, a person of the registry herself.</param>
/// <param name="Until">Last day; null for as long as nothing else is said.</param>
public sealed record Proxy(Guid PatientId, ProxyKind Kind, DateOnly From, DateOnly? Until);

/// <summary>Whether somebody may act for a person today; everybody may for herself.</summary>
[BetweenModules]
public sealed record MayActFor(Guid ProxyPatientId, Guid PatientId) : IQuery<bool>;

/// <summary>The people for whom somebody may act today, without herself.</summary>
[BetweenModules]
public sealed record PeopleActedForBy(Guid ProxyPatientId) : IQuery<IReadOnlyList<PatientSummary>>;
