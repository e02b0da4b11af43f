using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;

namespace Platform.Patients.Identities;

/// <summary>A code other than today's codice fiscale by which a person is or was known. Never deleted: what was written
/// with it still finds her.</summary>
[Shows(FieldClass.Identity, "Value")]
[Shows(FieldClass.Work, "Kind", "ValidFrom", "ValidTo")]
internal sealed class PersonIdentity : IOfPatient
{
    /// <summary>STP: DPR 394/1999, art. 43; ENI: Accordo Stato-Regioni 20 dicembre 2012.</summary>
    public const int MonthsOfValidity = 6;

    private PersonIdentity()
    {
    }

    public PersonIdentity(Guid id, Guid patientId, IdentityKind kind, string value, DateOnly from)
    {
        (Id, PatientId, Kind, Value, ValidFrom, ValidTo) = (id, patientId, kind, value, from, LastDay(kind, from));
    }

    public Guid Id { get; private init; }
    public Guid PatientId { get; private set; }
    public IdentityKind Kind { get; private init; }
    public string Value { get; private init; } = "";

    /// <summary>First day.</summary>
    public DateOnly ValidFrom { get; private init; }

    /// <summary>Last day, included; null while open.</summary>
    public DateOnly? ValidTo { get; private set; }

    Guid? IOfPatient.PatientOfRow => PatientId;

    public bool CoversDay(DateOnly day) => ValidFrom <= day && (ValidTo is null || day <= ValidTo);

    /// <returns>Whether it now lasts longer.</returns>
    public bool Renew(DateOnly from)
    {
        var last = LastDay(Kind, from);
        if (last is null || last <= ValidTo)
            return false;
        ValidTo = last;
        return true;
    }

    public void EndOn(DateOnly day)
    {
        if (ValidTo is null || day < ValidTo)
            ValidTo = day < ValidFrom ? ValidFrom : day;
    }

    /// <summary>It goes over to the person whom its own was merged into.</summary>
    public void MoveTo(Guid patientId) => PatientId = patientId;

    private static DateOnly? LastDay(IdentityKind kind, DateOnly from) =>
        kind is IdentityKind.Stp or IdentityKind.Eni ? from.AddMonths(MonthsOfValidity).AddDays(-1) : null;
}

/// <summary>A code as it was declared, with the day from which it is valid.</summary>
internal sealed record OtherCode(IdentityKind Kind, string Value, DateOnly From);
