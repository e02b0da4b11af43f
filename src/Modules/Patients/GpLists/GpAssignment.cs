using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Patients.GpLists;

/// <summary>A person on a doctor's list, from a day to a day. Never deleted: it is the history of her doctors.</summary>
[Shows(FieldClass.Care, "DoctorCode")]
[Shows(FieldClass.Work, "ValidFrom", "ValidTo")]
internal sealed class GpAssignment : IOfPatient
{
    private GpAssignment()
    {
    }

    public GpAssignment(Guid id, Guid patientId, string doctorCode, DateOnly validFrom, DateOnly? validTo)
    {
        (Id, PatientId, DoctorCode, ValidFrom, ValidTo) = (id, patientId, doctorCode, validFrom, validTo);
    }

    public Guid Id { get; private init; }
    public Guid PatientId { get; private init; }
    public string DoctorCode { get; private init; } = "";

    /// <summary>First day.</summary>
    public DateOnly ValidFrom { get; private init; }

    /// <summary>Last day, included; null while open.</summary>
    public DateOnly? ValidTo { get; private set; }

    Guid? IOfPatient.PatientOfRow => PatientId;

    public bool CoversDay(DateOnly day) => ValidFrom <= day && (ValidTo is null || day <= ValidTo);

    public void EndOn(DateOnly lastDay) => ValidTo = lastDay;
}
