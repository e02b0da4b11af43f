using System.Globalization;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Doctors;
using Platform.Patients.GpLists;
using Platform.Patients.Grants;
using Platform.Patients.Identities;

namespace Platform.Patients.People;

/// <summary>Who somebody is, as the register of births and the tax register know her.</summary>
/// <param name="Other">STP, ENI or eleven digits, while there is no codice fiscale.</param>
internal sealed record Person(
    string? FiscalCode, string FamilyName, string GivenName, Sex Sex, DateOnly BirthDate, string? BirthPlaceCode, OtherCode? Other = null);

/// <summary>Where she lives and how she is reached; each ASL is that of its municipality.</summary>
/// <param name="DomicileIstat">Where she lives in fact, if elsewhere.</param>
internal sealed record Contacts(
    string ResidenceIstat, string AslCode, string? Address, string? Email, string? Phone, string? DomicileIstat = null, string? DomicileAsl = null);

/// <summary>A person of the registry (anagrafe), with the doctors whose lists she was, is and will be on.</summary>
[Shows(FieldClass.Identity, "FiscalCode", "FamilyName", "GivenName", "FamilySearch", "GivenSearch", "SearchName", "Sex", "BirthDate", "BirthPlaceCode", "DiedOn")]
[Shows(FieldClass.Address, "ResidenceIstat", "Address", "DomicileIstat", "DomicileAsl")]
[Shows(FieldClass.Contacts, "Email", "Phone")]
[Shows(FieldClass.Care, "GpCode")]
[Shows(FieldClass.Work, "AslCode", "RegisteredAt", "Version")]
internal sealed partial class Patient : IVersioned, IOfPatient
{
    public const int NameLength = 80;
    public const int AddressLength = 160;
    public const int EmailLength = 120;
    public const int PhoneLength = 25;

    // Folding makes two letters of some (ß, æ).
    internal const int SearchLength = 2 * NameLength;

    // Each name as it is and, when of several words, run together.
    internal const int SearchNameLength = 4 * SearchLength + 4;

    /// <summary>Whose she is: the ASL of residence and that of domicile, and her doctor. They change her data and make her visible to others.</summary>
    public static readonly ScopeRule<Patient> InCharge = new ScopeRule<Patient>()
        .By(ScopeKind.Asl, p => p.AslCode)
        .By(ScopeKind.Asl, p => p.DomicileAsl)
        .By(ScopeKind.GpList, p => p.GpCode);

    /// <summary>An ASL sees who resides or is domiciled in it and whom a grant makes visible to it, a doctor who is on her list today.</summary>
    public static readonly ScopeRule<Patient> Scope = new ScopeRule<Patient>()
        .By(ScopeKind.Asl, p => p.AslCode)
        .By(ScopeKind.Asl, p => p.DomicileAsl)
        .When(ScopeKind.Asl, (p, asl) => p.Grants.Any(g => g.InForce && g.AslCode == asl))
        .By(ScopeKind.GpList, p => p.GpCode);

    /// <summary>Who reads her page: those within whose scope she is, and whoever has opened her outside it (<see cref="Openings.Opening"/>).</summary>
    public static readonly ScopeRule<Patient> Reading = new ScopeRule<Patient>(Scope).Opened(p => p.Id);

    private readonly List<GpAssignment> assignments = [];
    private readonly List<PersonIdentity> identities = [];
    private readonly List<Grant> grants = [];

    private Patient()
    {
    }

    public Guid Id { get; private init; }
    public string? FiscalCode { get; private set; }
    public string FamilyName { get; private set; } = "";
    public string GivenName { get; private set; } = "";
    public string FamilySearch { get; private set; } = "";
    public string GivenSearch { get; private set; } = "";

    /// <summary>Every word of the names after a blank, so that one <c>LIKE '% WORD%'</c> finds it at its beginning.</summary>
    public string SearchName { get; private set; } = "";

    public Sex Sex { get; private set; }
    public DateOnly BirthDate { get; private set; }

    /// <summary>Belfiore code; null when not known.</summary>
    public string? BirthPlaceCode { get; private set; }

    public string ResidenceIstat { get; private set; } = "";
    public string? Address { get; private set; }
    public string AslCode { get; private set; } = "";

    /// <summary>Where she lives in fact; null when it is where she resides.</summary>
    public string? DomicileIstat { get; private set; }

    public string? DomicileAsl { get; private set; }
    public string? Email { get; private set; }
    public string? Phone { get; private set; }

    /// <summary>The doctor of today: a copy of what the assignments say, for scopes and lists.</summary>
    public string? GpCode { get; private set; }

    public DateTime RegisteredAt { get; private init; }

    /// <summary>Null while she lives.</summary>
    public DateOnly? DiedOn { get; private set; }

    /// <summary>The record that stands for this one, which was the same person's twice. Such records are in no list.</summary>
    public Guid? MergedInto { get; private set; }

    public int Version { get; set; }

    public IReadOnlyList<GpAssignment> Assignments => assignments;

    /// <summary>Codes other than today's codice fiscale, past ones too.</summary>
    public IReadOnlyList<PersonIdentity> Identities => identities;

    public IReadOnlyList<Grant> Grants => grants;

    /// <summary>The codice fiscale; while there is none, the code that stands for it.</summary>
    public string? CodeShown => FiscalCode ?? identities.Where(i => i.Kind != IdentityKind.FiscalCode).MaxBy(i => (i.ValidFrom, i.Kind != IdentityKind.Provisional))?.Value;

    Guid? IOfPatient.PatientOfRow => Id;

    public static Patient Register(Guid id, Person who, Contacts contacts, DateTime at)
    {
        var patient = new Patient { Id = id, RegisteredAt = at };
        patient.Identify(who, DateOnly.FromDateTime(at));
        patient.Reach(contacts);
        return patient;
    }

    /// <returns>Whether anything changed.</returns>
    public bool Identify(Person who, DateOnly today)
    {
        var before = new Person(FiscalCode, FamilyName, GivenName, Sex, BirthDate, BirthPlaceCode);
        // What is not known now was perhaps known before.
        var known = who with { FiscalCode = who.FiscalCode ?? FiscalCode, BirthPlaceCode = who.BirthPlaceCode ?? BirthPlaceCode, Other = null };
        (FiscalCode, FamilyName, GivenName, Sex, BirthDate, BirthPlaceCode, _) = known;
        (FamilySearch, GivenSearch) = (SearchText.Of(FamilyName), SearchText.Of(GivenName));
        SearchName = WordsOf(FamilySearch) + WordsOf(GivenSearch);
        return FollowCodes(before.FiscalCode, who.Other, today) | known != before;
    }

    // The true code ends those that stood for it; none is forgotten.
    private bool FollowCodes(string? before, OtherCode? other, DateOnly today)
    {
        if (before is not null && before != FiscalCode)
            Add(new(IdentityKind.FiscalCode, before, DateOnly.FromDateTime(RegisteredAt))).EndOn(today);
        if (FiscalCode is not null && FiscalCode != before)
        {
            foreach (var stood in identities)
                stood.EndOn(today);
        }

        if (other is not null)
        {
            if (identities.Find(i => i.Value == other.Value) is { } same)
                return same.Renew(other.From);
            foreach (var stood in identities.Where(i => i.Kind == other.Kind || i.Kind == IdentityKind.Provisional))
                stood.EndOn(other.From.AddDays(-1));
            Add(other);
            return true;
        }

        if (FiscalCode is not null || identities.Count > 0)
            return false;
        Add(new(IdentityKind.Provisional, ProvisionalOf(Id), today));
        return true;
    }

    private PersonIdentity Add(OtherCode code)
    {
        if (identities.Find(i => i.Value == code.Value) is { } known)
            return known;
        var identity = new PersonIdentity(StableId.Of(Id, code.Value), Id, code.Kind, code.Value, code.From);
        identities.Add(identity);
        return identity;
    }

    // Follows from the record's own id: the same form sent twice makes the same.
    private static string ProvisionalOf(Guid id) => string.Create(CultureInfo.InvariantCulture,
        $"PRV{BitConverter.ToUInt64(StableId.Of(id, "provisional").ToByteArray()) % 10_000_000_000_000:0000000000000}");

    /// <returns>Whether anything changed.</returns>
    public bool Reach(Contacts contacts)
    {
        // A domicile where she resides says nothing.
        if (contacts.DomicileIstat == contacts.ResidenceIstat)
            contacts = contacts with { DomicileIstat = null, DomicileAsl = null };
        if (contacts == new Contacts(ResidenceIstat, AslCode, Address, Email, Phone, DomicileIstat, DomicileAsl))
            return false;
        (ResidenceIstat, AslCode, Address, Email, Phone, DomicileIstat, DomicileAsl) = contacts;
        return true;
    }

    public PatientSummary Summary() =>
        new(Id, FiscalCode, FamilyName, GivenName, Sex, BirthDate, AslCode, ResidenceIstat, GpCode, Email, Phone)
        {
            OtherCodes = [.. identities.Select(i => i.Value).Order(StringComparer.Ordinal)],
            OtherAsls = [.. grants.Where(g => g.InForce).Select(g => (string?)g.AslCode).Append(DomicileAsl).OfType<string>()
                .Where(a => a != AslCode).Distinct().Order(StringComparer.Ordinal)],
            DomicileIstat = DomicileIstat,
            Address = Address,
            DiedOn = DiedOn,
        };

    private static string WordsOf(string folded) =>
        folded.Contains(' ') ? $" {folded} {folded.Replace(" ", "", StringComparison.Ordinal)}" : " " + folded;
}
