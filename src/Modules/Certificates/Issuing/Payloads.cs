using Platform.Certificates.Contracts;
using Platform.Certificates.Hcert;

namespace Platform.Certificates.Issuing;

/// <summary>From what is to be said to the words of the European schema.</summary>
internal static class Payloads
{
    public static DccKind KindOf(CertificateKind kind) => kind switch
    {
        CertificateKind.Vaccination => DccKind.Vaccination,
        CertificateKind.Test => DccKind.Test,
        _ => DccKind.Recovery,
    };

    public static DccPayload ToPayload(this Statement said, string uvci) => said.Kind switch
    {
        CertificateKind.Vaccination => DccPayload.Of(said.FamilyName, said.GivenName, said.BirthDate,
            new DccVaccination(said.Prophylaxis!, said.Product!, said.Holder!, said.Number!.Value, said.Total!.Value, said.On!.Value, uvci)),
        CertificateKind.Test => DccPayload.Of(said.FamilyName, said.GivenName, said.BirthDate,
            new DccTest(said.TestType!, said.TestType == DccCodes.Molecular ? NameOf(said.Fact) : null, said.Device, said.SampledAt!.Value, said.Result!, said.Place, uvci)),
        _ => DccPayload.Of(said.FamilyName, said.GivenName, said.BirthDate,
            new DccRecovery(said.On!.Value, said.From!.Value, said.Until!.Value, uvci)),
    };

    private static string NameOf(string? fact) => fact == "saliva" ? "Real-time RT-PCR (saliva)" : "Real-time RT-PCR";
}
