namespace Platform.BuildingBlocks.Security;

/// <summary>The kinds of people and machines that use the platform (profiles of PREDECESSOR 3.1 under clearer names).</summary>
public enum Role
{
    /// <summary>General practitioner (MMG): the people of her own list.</summary>
    Gp,

    /// <summary>Paediatrician of free choice (PLS): the children of her own list.</summary>
    Paediatrician,

    /// <summary>Secretary of a doctor, who delegates it to her: the people of her list and their requests, without what was found.</summary>
    Secretary,

    /// <summary>Public-health operator of an ASL (Servizio di igiene e sanità pubblica).</summary>
    Sisp,

    /// <summary>Operator of a hotspot where swabs are taken.</summary>
    Hotspot,

    /// <summary>Unit of home visits (Unità speciale di continuità assistenziale).</summary>
    Usca,

    /// <summary>Operator of a laboratory.</summary>
    LabOperator,

    /// <summary>A laboratory's information system that sends its reports.</summary>
    LabImport,

    /// <summary>Mayor, or whom she has charged: who is positive in her municipality, without what a laboratory found.</summary>
    Mayor,

    /// <summary>Prefecture of a province: as the mayor, for all its municipalities.</summary>
    Prefecture,

    /// <summary>COVID referent of a school.</summary>
    School,

    /// <summary>Operator of a pharmacy.</summary>
    Pharmacy,

    /// <summary>A pharmacy's information system, or that of a chain of pharmacies.</summary>
    PharmacySystem,

    /// <summary>The information system of a school, or of several.</summary>
    SchoolSystem,

    /// <summary>Works at a vaccination centre: day list, doses, stock.</summary>
    VaccinationOperator,

    /// <summary>Runs the region's vaccination: campaigns, groups, centres, waiting rooms. Sees no person's data.</summary>
    VaccinationManager,

    /// <summary>Operator of the call centre: books vaccinations for who calls.</summary>
    CallCentre,

    /// <summary>Manages the accounts of one organisation: an ASL, a laboratory, a hotspot, a doctor's practice. Sees no health data.</summary>
    LocalAdministrator,

    /// <summary>Watches over the privacy of people's data for the region (the data protection officer's staff): the audit, people opened
    /// outside a scope, what is held on a person. Sees no health data on screens.</summary>
    PrivacyOfficer,

    /// <summary>Studies the epidemic on extractions under pseudonyms, each approved by the privacy officer. Sees no person.</summary>
    Analyst,

    /// <summary>Runs the installation: accounts, deliveries, jobs. Sees no health data.</summary>
    Administrator,
}

/// <summary>What a role's sight is bounded by.</summary>
public enum ScopeKind
{
    /// <summary>The people in charge of an ASL; the code is the ministry's, six digits.</summary>
    Asl,

    /// <summary>A doctor's list; the code is the doctor's regional code.</summary>
    GpList,

    /// <summary>The code is the laboratory's.</summary>
    Lab,

    /// <summary>The code is the hotspot's.</summary>
    Hotspot,

    /// <summary>The code is the unit's of home visits.</summary>
    Usca,

    /// <summary>The people who reside or live in a municipality; the code is ISTAT's, six digits.</summary>
    Municipality,

    /// <summary>A province, with all its municipalities; the code is its two letters.</summary>
    Province,

    /// <summary>The code is the ministry's of education (codice meccanografico), ten characters.</summary>
    School,

    /// <summary>The code is the pharmacy's.</summary>
    Pharmacy,

    /// <summary>The code is the vaccination centre's.</summary>
    VaccinationCentre,

    /// <summary>The whole region; the code is the region's.</summary>
    Region,
}

public static class RoleKinds
{
    /// <summary>Held by API clients, never by people.</summary>
    public static bool IsMachine(this Role role) => role is Role.LabImport or Role.PharmacySystem or Role.SchoolSystem;

    public static IEnumerable<Role> OfPeople => Enum.GetValues<Role>().Where(r => !r.IsMachine());
}

public readonly record struct Scope(ScopeKind Kind, string Code);

/// <summary>A role held within a scope: what one may do there follows from the role.</summary>
public sealed record Assignment(Role Role, Scope Scope);

/// <summary>Something one may do, named <c>module.verb</c>, and the roles that may.</summary>
public sealed record Permission(string Name, params Role[] Roles)
{
    /// <summary>Also shows those whom one has opened outside one's scope: for permissions that let read, and nothing else.</summary>
    public bool ShowsOpened { get; init; }
}
