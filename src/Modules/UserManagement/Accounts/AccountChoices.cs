using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.Accounts;

/// <summary>Which kinds of scope bound which role, and what the region offers of it.</summary>
internal static class AccountChoices
{
    public static IReadOnlyList<SelectListItem> Languages { get; } = [new("Italiano", "it"), new("English", "en")];

    public static bool Fits(Role role, ScopeKind kind) => role switch
    {
        Role.Gp or Role.Paediatrician or Role.Secretary => kind == ScopeKind.GpList,
        Role.Sisp => kind == ScopeKind.Asl,
        Role.Hotspot => kind == ScopeKind.Hotspot,
        Role.Usca => kind == ScopeKind.Usca,
        Role.LabOperator or Role.LabImport => kind == ScopeKind.Lab,
        Role.Mayor => kind == ScopeKind.Municipality,
        Role.Prefecture => kind == ScopeKind.Province,
        Role.School or Role.SchoolSystem => kind == ScopeKind.School,
        Role.Pharmacy or Role.PharmacySystem => kind == ScopeKind.Pharmacy,
        Role.VaccinationOperator => kind == ScopeKind.VaccinationCentre,
        Role.LocalAdministrator => kind != ScopeKind.Region,
        _ => kind == ScopeKind.Region,
    };

    /// <summary>Those that an administrator gives to people; a doctor's secretary has hers from the doctor alone.</summary>
    public static IEnumerable<Role> Roles => RoleKinds.OfPeople.Where(r => r != Role.Secretary);

    /// <summary>What a machine of such a facility is; null where facilities of that kind send nothing.</summary>
    public static Role? OfMachine(ScopeKind kind) => kind switch
    {
        ScopeKind.Lab => Role.LabImport,
        ScopeKind.Pharmacy => Role.PharmacySystem,
        ScopeKind.School => Role.SchoolSystem,
        _ => null,
    };

    /// <summary>As in files: <c>lab_operator</c>.</summary>
    public static string WordOf(Role role) =>
        string.Concat(role.ToString().Select((c, i) => (i > 0 && char.IsAsciiLetterUpper(c) ? "_" : "") + char.ToLowerInvariant(c)));

    public static IEnumerable<Scope> Scopes(Region region) =>
    [
        .. region.Asls.Select(a => new Scope(ScopeKind.Asl, a.Code)),
        .. region.Doctors.Select(d => new Scope(ScopeKind.GpList, d.Code)),
        .. Facilities(region, FacilityKind.Hotspot, ScopeKind.Hotspot),
        .. Facilities(region, FacilityKind.Usca, ScopeKind.Usca),
        .. Facilities(region, FacilityKind.Lab, ScopeKind.Lab),
        .. Facilities(region, FacilityKind.Pharmacy, ScopeKind.Pharmacy),
        .. Facilities(region, FacilityKind.School, ScopeKind.School),
        .. region.Municipalities.Select(m => m.Province).Distinct().Order(StringComparer.Ordinal).Select(p => new Scope(ScopeKind.Province, p)),
        .. region.Municipalities.Select(m => new Scope(ScopeKind.Municipality, m.Istat)),
        .. region.Vaccination.Places.Select(p => new Scope(ScopeKind.VaccinationCentre, p.Code)),
        new(ScopeKind.Region, region.Code),
    ];

    /// <summary>Those of the region pack, and those that were made on the platform.</summary>
    public static IEnumerable<Scope> Scopes(Region region, IEnumerable<IMadePlaces> made) => Scopes(region).Concat(made.SelectMany(m => m.All).Select(p => p.Scope));

    /// <returns>Null when there is no such scope.</returns>
    public static Scope? Read(Region region, IEnumerable<IMadePlaces> made, string? text) =>
        Scopes(region, made).Where(s => Write(s) == text).Select(s => (Scope?)s).FirstOrDefault();

    /// <summary>The scope as it is written, or that of the school whose code was typed instead.</summary>
    public static string OrSchool(string scope, string? school) => string.IsNullOrWhiteSpace(school) ? scope : Write(new(ScopeKind.School, SchoolCode.Tidy(school)));

    public static string Write(Scope scope) => $"{scope.Kind}:{scope.Code}";

    /// <returns>Null when the region has no such scope.</returns>
    public static Scope? Read(Region region, string? text) =>
        Scopes(region).Where(s => Write(s) == text).Select(s => (Scope?)s).FirstOrDefault();

    private static IEnumerable<Scope> Facilities(Region region, FacilityKind facility, ScopeKind kind) =>
        region.Facilities.Where(f => f.Kind == facility).Select(f => new Scope(kind, f.Code));
}
