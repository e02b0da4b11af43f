using System.Security.Cryptography;
using System.Text;
using Platform.BuildingBlocks.Security;

namespace Platform.Tests.Harness;

/// <summary>Who sends a request in a test.</summary>
public static class As
{
    public static Identity Gp(string code) => Someone(Role.Gp, ScopeKind.GpList, code);

    public static Identity Paediatrician(string code) => Someone(Role.Paediatrician, ScopeKind.GpList, code);

    public static Identity Secretary(string code) => Someone(Role.Secretary, ScopeKind.GpList, code);

    public static Identity Sisp(string asl) => Someone(Role.Sisp, ScopeKind.Asl, asl);

    public static Identity Hotspot(string code) => Someone(Role.Hotspot, ScopeKind.Hotspot, code);

    public static Identity Usca(string code) => Someone(Role.Usca, ScopeKind.Usca, code);

    public static Identity Lab(string code) => Someone(Role.LabOperator, ScopeKind.Lab, code);

    public static Identity LabSystem(string code) => Someone(Role.LabImport, ScopeKind.Lab, code);

    public static Identity Mayor(string istat) => Someone(Role.Mayor, ScopeKind.Municipality, istat);

    public static Identity Prefecture(string province) => Someone(Role.Prefecture, ScopeKind.Province, province);

    public static Identity School(string code) => Someone(Role.School, ScopeKind.School, code);

    public static Identity Pharmacy(string code) => Someone(Role.Pharmacy, ScopeKind.Pharmacy, code);
    public static Identity VaccinationCentre(string code) => Someone(Role.VaccinationOperator, ScopeKind.VaccinationCentre, code);

    public static Identity VaccinationManager() => Someone(Role.VaccinationManager, ScopeKind.Region, "010");

    public static Identity CallCentre() => Someone(Role.CallCentre, ScopeKind.Region, "010");

    public static Identity LocalAdministrator(ScopeKind kind, string code) => Someone(Role.LocalAdministrator, kind, code);

    public static Identity Administrator() => Someone(Role.Administrator, ScopeKind.Region, "010");

    public static Identity PrivacyOfficer() => Someone(Role.PrivacyOfficer, ScopeKind.Region, "010");

    public static Identity Analyst() => Someone(Role.Analyst, ScopeKind.Region, "010");

    /// <summary>The same role and code are the same account.</summary>
    public static Identity Someone(Role role, ScopeKind kind, string code) =>
        new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{role} {code}")).AsSpan(0, 16)), $"{role} {code}", [new(role, new(kind, code))]);
}
