using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;

namespace Platform.BuildingBlocks.Security;

/// <summary>Roles and scopes as people call them, in the reader's language.</summary>
public sealed class ScopeNames(Region region, Texts texts, IEnumerable<IMadePlaces> made)
{
    private readonly Lazy<Dictionary<string, string>> facilities = new(() => region.Facilities.ToDictionary(f => f.Code, f => f.Name));
    private readonly Lazy<Dictionary<string, string>> doctors = new(() => region.Doctors.ToDictionary(d => d.Code, d => $"{d.GivenName} {d.FamilyName}"));

    public string Of(Role role) => texts[role switch
    {
        Role.Gp => "Medico di medicina generale",
        Role.Paediatrician => "Pediatra di libera scelta",
        Role.Secretary => "Segreteria di un medico",
        Role.Sisp => "Operatore SISP",
        Role.Hotspot => "Operatore di hotspot",
        Role.Usca => "Operatore USCA",
        Role.LabOperator => "Operatore di laboratorio",
        Role.LabImport => "Sistema di laboratorio",
        Role.Mayor => "Sindaco",
        Role.Prefecture => "Prefettura",
        Role.School => "Referente scolastico COVID-19",
        Role.Pharmacy => "Operatore di farmacia",
        Role.PharmacySystem => "Sistema di farmacia",
        Role.SchoolSystem => "Sistema scolastico",
        Role.VaccinationOperator => "Operatore di centro vaccinale",
        Role.VaccinationManager => "Responsabile regionale delle vaccinazioni",
        Role.CallCentre => "Operatore del call center",
        Role.LocalAdministrator => "Amministratore dell’organizzazione",
        Role.PrivacyOfficer => "Responsabile della privacy",
        Role.Analyst => "Analista",
        _ => "Amministratore",
    }];

    /// <summary>The name; the bare code when the region does not know it.</summary>
    public string Of(Scope scope) => scope.Kind switch
    {
        ScopeKind.Asl => region.FindAsl(scope.Code)?.Name ?? scope.Code,
        ScopeKind.Municipality => region.FindMunicipality(scope.Code)?.Name is { } name ? texts["comune di {0}", name] : scope.Code,
        ScopeKind.Province => texts["provincia di {0}", scope.Code],
        ScopeKind.Lab or ScopeKind.Hotspot or ScopeKind.Usca or ScopeKind.School or ScopeKind.Pharmacy => facilities.Value.GetValueOrDefault(scope.Code) ?? MadeName(scope),
        ScopeKind.VaccinationCentre => region.Vaccination.Places.FirstOrDefault(p => p.Code == scope.Code)?.Name ?? MadeName(scope),
        ScopeKind.GpList => texts["assistiti di {0}", doctors.Value.GetValueOrDefault(scope.Code, scope.Code)],
        _ => scope.Code == region.Code ? Texts.Italian ? region.Name : region.NameEn : scope.Code,
    };

    private string MadeName(Scope scope) => made.SelectMany(m => m.All).FirstOrDefault(p => p.Scope == scope)?.Name ?? scope.Code;
}
