using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Doctors;
using Platform.Patients.GpLists;

namespace Platform.Patients.People;

/// <summary>Who somebody is, as the register of births and the tax register know her.</summary>
internal sealed record Person(
    string? FiscalCode, string FamilyName, string GivenName, Sex Sex, DateOnly BirthDate, string? BirthPlaceCode);

/// <summary>Where she lives and how she is reached; the ASL is the residence's.</summary>
internal sealed record Contacts(string ResidenceIstat, string AslCode, string? Address, string? Email, string? Phone);

/// <summary>A person of the registry (anagrafe), with the doctors whose lists she was, is and will be on.</summary>
internal sealed class Patient : IVersioned, IOfPatient
{
    public const int NameLength = 80;
    public const int AddressLength = 160;
    public const int EmailLength = 120;
    public const int PhoneLength = 25;

    // Folding makes two letters of some (ß, æ).
    internal const int SearchLength = 2 * NameLength;

    // Each name as it is and, when of several words, run together.
    internal const int SearchNameLength = 4 * SearchLength + 4;

    /// <summary>An ASL sees who resides in it, a doctor who is on her list today.</summary>
    public static readonly ScopeRule<Patient> Scope = new ScopeRule<Patient>()
        .By(ScopeKind.Asl, p => p.AslCode)
        .By(ScopeKind.GpList, p => p.GpCode);

    private readonly List<GpAssignment> assignments = [];

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
    public string? Email { get; private set; }
    public string? Phone { get; private set; }

    /// <summary>The doctor of today: a copy of what the assignments say, for scopes and lists.</summary>
    public string? GpCode { get; private set; }

    public DateTime RegisteredAt { get; private init; }
    public int Version { get; set; }

    public IReadOnlyList<GpAssignment> Assignments => assignments;

    Guid? IOfPatient.PatientOfRow => Id;

    public static Patient Register(Guid id, Person who, Contacts contacts, DateTime at)
    {
        var patient = new Patient { Id = id, RegisteredAt = at };
        patient.Identify(who);
        patient.Reach(contacts);
        return patient;
    }

    /// <returns>Whether anything changed.</returns>
    public bool Identify(Person who)
    {
        var before = new Person(FiscalCode, FamilyName, GivenName, Sex, BirthDate, BirthPlaceCode);
        // What is not known now was perhaps known before.
        who = who with { FiscalCode = who.FiscalCode ?? FiscalCode, BirthPlaceCode = who.BirthPlaceCode ?? BirthPlaceCode };
        if (who == before)
            return false;
        (FiscalCode, FamilyName, GivenName, Sex, BirthDate, BirthPlaceCode) = who;
        (FamilySearch, GivenSearch) = (SearchText.Of(FamilyName), SearchText.Of(GivenName));
        SearchName = WordsOf(FamilySearch) + WordsOf(GivenSearch);
        return true;
    }

    /// <returns>Whether anything changed.</returns>
    public bool Reach(Contacts contacts)
    {
        if (contacts == new Contacts(ResidenceIstat, AslCode, Address, Email, Phone))
            return false;
        (ResidenceIstat, AslCode, Address, Email, Phone) = contacts;
        return true;
    }

    /// <summary>Puts her on a doctor's list from a day on; the list she was on ends the day before.</summary>
    /// <param name="onList">How many people the doctor's list has now.</param>
    /// <param name="until">Last day; null for as long as nothing else is said.</param>
    public GpAssignment AssignTo(Guid id, Doctor doctor, int onList, DateOnly from, DateOnly? until, DateOnly today)
    {
        if (from < BirthDate)
            throw new Refusal("before-birth", "La validità non può cominciare prima della nascita.");
        if (assignments.Exists(a => a.DoctorCode == doctor.Code && a.CoversDay(from)))
            throw new Refusal("already-on-list", "Questa persona è già nella lista di questo medico.");
        doctor.CheckMayTake(BirthDate, from, onList);
        if (assignments.Where(a => a.ValidFrom >= from && (until is null || a.ValidFrom <= until)).MinBy(a => a.ValidFrom) is { } later)
        {
            throw new Refusal("later-doctor", "C'è già un medico con validità dal {0}: scelga una data successiva.",
                Words.Day(later.ValidFrom));
        }

        assignments.Find(a => a.CoversDay(from))?.EndOn(from.AddDays(-1));
        var assignment = new GpAssignment(id, Id, doctor.Code, from, until);
        assignments.Add(assignment);
        FollowLists(today);
        return assignment;
    }

    /// <summary>Makes the doctor of today the one that the assignments say.</summary>
    /// <returns>Whether it was another.</returns>
    public bool FollowLists(DateOnly today)
    {
        var code = assignments.Find(a => a.CoversDay(today))?.DoctorCode;
        if (code == GpCode)
            return false;
        GpCode = code;
        return true;
    }

    public PatientSummary Summary() =>
        new(Id, FiscalCode, FamilyName, GivenName, Sex, BirthDate, AslCode, ResidenceIstat, GpCode, Email, Phone);

    private static string WordsOf(string folded) =>
        folded.Contains(' ') ? $" {folded} {folded.Replace(" ", "", StringComparison.Ordinal)}" : " " + folded;
}
