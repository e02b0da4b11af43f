using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.People;

namespace Platform.Patients.Ties;

/// <summary>A person who may act for another, from a day to a day, by a document that an operator has seen. Never deleted.</summary>
internal sealed class Tie : IOfPatient
{
    public const int DocumentLength = 200;
    public const int AgeOfMajority = 18;

    private Tie()
    {
    }

    /// <summary>The law of who may act for whom.</summary>
    /// <exception cref="Refusal"><c>proxy-self</c>, <c>proxy-dead</c>, <c>not-a-minor</c>, <c>parent-too-young</c>, <c>proxy-minor</c>, <c>minor-delegates</c>, <c>validity-backwards</c>.</exception>
    public static Tie Note(Guid id, Patient patient, Patient proxy, ProxyKind kind, DateOnly from, DateOnly? to, string document, DateTime at, string byName)
    {
        if (patient.Id == proxy.Id)
            throw new Refusal("proxy-self", "Una persona non rappresenta se stessa.");
        patient.CheckAlive();
        if (proxy.DiedOn is not null)
            throw new Refusal("proxy-dead", "Chi la rappresenterebbe è deceduto.");
        if (to < from)
            throw new Refusal("validity-backwards", "La validità non può finire prima di cominciare.");
        if (proxy.BirthDate.AddYears(AgeOfMajority) > from)
            throw new Refusal("proxy-minor", "Chi rappresenta un'altra persona deve essere maggiorenne.");
        var comesOfAge = patient.BirthDate.AddYears(AgeOfMajority);
        switch (kind)
        {
            case ProxyKind.Parent when comesOfAge <= from:
                throw new Refusal("not-a-minor", "La persona è maggiorenne: un genitore la rappresenta solo con una delega o come tutore.");
            case ProxyKind.Parent when proxy.BirthDate >= patient.BirthDate:
                throw new Refusal("parent-too-young", "Un genitore è nato prima del figlio.");
            case ProxyKind.Parent:
                to = to is null || to >= comesOfAge ? comesOfAge.AddDays(-1) : to;
                break;
            case ProxyKind.Delegate when comesOfAge > from:
                throw new Refusal("minor-delegates", "Una persona minorenne non delega: la rappresentano i genitori o il tutore.");
        }

        return new()
        {
            Id = id, PatientId = patient.Id, ProxyPatientId = proxy.Id, Kind = kind, ValidFrom = from, ValidTo = to, Document = document,
            NotedAt = at, NotedByName = byName,
        };
    }

    public Guid Id { get; private init; }

    /// <summary>For whom.</summary>
    public Guid PatientId { get; private set; }

    /// <summary>Who acts for her.</summary>
    public Guid ProxyPatientId { get; private set; }

    public ProxyKind Kind { get; private init; }

    /// <summary>First day.</summary>
    public DateOnly ValidFrom { get; private init; }

    /// <summary>Last day, included; null for as long as nothing else is said.</summary>
    public DateOnly? ValidTo { get; private set; }

    /// <summary>Which document the operator saw: kind, number, date.</summary>
    public string Document { get; private init; } = "";

    public DateTime NotedAt { get; private init; }
    public string NotedByName { get; private init; } = "";

    Guid? IOfPatient.PatientOfRow => PatientId;

    public bool CoversDay(DateOnly day) => ValidFrom <= day && (ValidTo is null || day <= ValidTo);

    public void EndOn(DateOnly lastDay) => ValidTo = lastDay < ValidFrom ? ValidFrom : lastDay;

    public void Move(Guid from, Guid to)
    {
        PatientId = PatientId == from ? to : PatientId;
        ProxyPatientId = ProxyPatientId == from ? to : ProxyPatientId;
    }
}
