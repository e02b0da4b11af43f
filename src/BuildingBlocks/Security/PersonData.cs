using Platform.BuildingBlocks.Messaging;

namespace Platform.BuildingBlocks.Security;

/// <summary>On a row that holds data of a person: each write of it leaves a line in the audit, by itself.</summary>
public interface IOfPatient
{
    /// <summary>Null while the row is not matched with anybody of the registry.</summary>
    Guid? PatientOfRow { get; }

    /// <summary>By which the audit names the row while nobody is known to be its person; null where that cannot be.</summary>
    Guid? RecordOfRow => null;
}

/// <summary>On an answer that shows data of people: each reading leaves a line in the audit, by itself.</summary>
public interface IAboutPatients
{
    IEnumerable<Guid> PatientsShown { get; }

    /// <summary>Records that show somebody whom nothing has matched with the registry yet: the audit names the record.</summary>
    IEnumerable<Guid> RecordsShown => [];
}

/// <summary>One look at, or one change of, people's data; kept by UserManagement in the append-only log.</summary>
/// <param name="Action"><c>read</c> or <c>write</c>.</param>
/// <param name="What">The request's or the row's name, never its content.</param>
/// <param name="Records">Ids of records about people whom the registry does not know yet.</param>
/// <param name="Address">Network address of the one who acted, if there was one.</param>
/// <param name="Accounts">Whose access was changed, where that is what was done.</param>
/// <param name="ActingAs">The actor's roles and scopes then, each as <c>Sisp/Asl/010301</c>, with blanks between.</param>
/// <param name="Fields">Classes of the fields that were shown, with blanks between: <c>address identity</c>.</param>
/// <param name="Why">The reason that was asked for: of a person outside the scope, of an export.</param>
public sealed record PersonDataTouched(
    string Action, string What, Guid[] Patients, Guid[] Records, string Actor, string? Address, string? Trace, Guid[]? Accounts = null,
    string? ActingAs = null, string? Why = null, string? Fields = null) : IEvent;

/// <summary>Two records were one person's: whatever a module keeps under <paramref name="Merged"/> is now
/// <paramref name="Survivor"/>'s. Told by the registry; it stands here because modules below it keep such rows too.</summary>
public sealed record PatientsMerged(Guid Survivor, Guid Merged) : IEvent;
