using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.Contracts;

/// <param name="Title">Italian, the key of its translation.</param>
public sealed record DemoAccount(string UserName, string Title, string DisplayName, string Email, Role Role, Scope Scope);

/// <summary>Who plays in the demonstration: one account for each role, and one machine. Exists only in demo mode,
/// which production refuses.</summary>
public sealed class DemoCast(Region region, IConfiguration configuration)
{
    public const string Password = "Piemonte-2021";
    public const string ClientName = "LIS dimostrativo";

    private const string DefaultKey = "pk_demo_LIS_laboratorio_dimostrativo_chiave_pubblica_da_non_usare_altrove";

    private Asl Asl => region.Asls.OrderByDescending(a => a.Code == "010301").First();

    private string Lab => First(FacilityKind.Lab).Code;

    public string ApiKey => configuration["Demo:ApiKey"] is { Length: > 0 } key ? key : DefaultKey;

    public Assignment ClientAssignment => new(Role.LabImport, new(ScopeKind.Lab, Lab));

    public IReadOnlyList<DemoAccount> Accounts =>
    [
        Doctor("medico", "medico di medicina generale", Role.Gp, paediatrician: false),
        Doctor("pediatra", "pediatra di libera scelta", Role.Paediatrician, paediatrician: true),
        new("sisp", "operatore di igiene pubblica (SISP)", "Operatore SISP", "sisp@example.org", Role.Sisp, new(ScopeKind.Asl, Asl.Code)),
        new("hotspot", "operatore di hotspot", "Operatore hotspot", "hotspot@example.org", Role.Hotspot, new(ScopeKind.Hotspot, First(FacilityKind.Hotspot).Code)),
        new("usca", "operatore USCA (visite a domicilio)", "Operatore USCA", "usca@example.org", Role.Usca, new(ScopeKind.Usca, First(FacilityKind.Usca).Code)),
        new("laboratorio", "operatore di laboratorio", "Operatore di laboratorio", "laboratorio@example.org", Role.LabOperator, new(ScopeKind.Lab, Lab)),
        new("sindaco", "sindaco", "Sindaco", "sindaco@example.org", Role.Mayor, new(ScopeKind.Municipality, Asl.MunicipalityIstat)),
        new("prefettura", "prefettura", "Prefettura", "prefettura@example.org", Role.Prefecture, new(ScopeKind.Province, region.FindMunicipality(Asl.MunicipalityIstat)!.Province)),
        new("scuola", "referente COVID-19 di una scuola", "Referente scolastico", "scuola@example.org", Role.School, new(ScopeKind.School, First(FacilityKind.School).Code)),
        new("farmacia", "operatore di farmacia", "Operatore di farmacia", "farmacia@example.org", Role.Pharmacy, new(ScopeKind.Pharmacy, First(FacilityKind.Pharmacy).Code)),
        new("vaccinatore", "operatore di centro vaccinale", "Operatore vaccinale", "vaccinatore@example.org", Role.VaccinationOperator, new(ScopeKind.VaccinationCentre, region.Vaccination.Places[0].Code)),
        new("vaccinazioni", "responsabile regionale delle vaccinazioni", "Responsabile vaccinazioni", "vaccinazioni@example.org", Role.VaccinationManager, new(ScopeKind.Region, region.Code)),
        new("callcenter", "operatore del call center delle vaccinazioni", "Operatore call center", "callcenter@example.org", Role.CallCentre, new(ScopeKind.Region, region.Code)),
        new("gestore-asl", "amministratore degli utenti di un’ASL", "Amministratore ASL", "gestore-asl@example.org", Role.LocalAdministrator, new(ScopeKind.Asl, Asl.Code)),
        new("privacy", "ufficio del responsabile della protezione dei dati", "Ufficio privacy", "privacy@example.org", Role.PrivacyOfficer, new(ScopeKind.Region, region.Code)),
        new("analista", "analista epidemiologo", "Analista", "analista@example.org", Role.Analyst, new(ScopeKind.Region, region.Code)),
        new("amministratore", "amministratore della piattaforma", "Amministratore", "amministratore@example.org", Role.Administrator, new(ScopeKind.Region, region.Code)),
    ];

    private Facility First(FacilityKind kind) =>
        region.Facilities.Where(f => f.Kind == kind).OrderByDescending(f => f.Asl == Asl.Code).First();

    private DemoAccount Doctor(string userName, string title, Role role, bool paediatrician)
    {
        var doctor = region.Doctors.Where(d => d.Paediatrician == paediatrician).OrderByDescending(d => d.Asl == Asl.Code).First();
        return new(userName, title, $"{doctor.GivenName} {doctor.FamilyName}", $"{userName}@example.org", role, new(ScopeKind.GpList, doctor.Code));
    }
}
