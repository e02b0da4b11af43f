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
        Role.Gp or Role.Paediatrician => kind == ScopeKind.GpList,
        Role.Sisp => kind == ScopeKind.Asl,
        Role.Hotspot => kind == ScopeKind.Hotspot,
        Role.Usca => kind == ScopeKind.Usca,
        Role.LabOperator or Role.LabImport => kind == ScopeKind.Lab,
        Role.VaccinationOperator => kind == ScopeKind.VaccinationCentre,
        Role.LocalAdministrator => kind != ScopeKind.Region,
        _ => kind == ScopeKind.Region,
    };

    /// <summary>People's roles; <see cref="Role.LabImport"/> is a machine's.</summary>
    public static IEnumerable<Role> Roles => Enum.GetValues<Role>().Where(r => r != Role.LabImport);

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
        .. region.Vaccination.Places.Select(p => new Scope(ScopeKind.VaccinationCentre, p.Code)),
        new(ScopeKind.Region, region.Code),
    ];

    public static string Write(Scope scope) => $"{scope.Kind}:{scope.Code}";

    /// <returns>Null when the region has no such scope.</returns>
    public static Scope? Read(Region region, string? text) =>
        Scopes(region).Where(s => Write(s) == text).Select(s => (Scope?)s).FirstOrDefault();

    private static IEnumerable<Scope> Facilities(Region region, FacilityKind facility, ScopeKind kind) =>
        region.Facilities.Where(f => f.Kind == facility).Select(f => new Scope(kind, f.Code));
}
