namespace Platform.Certificates.Hcert;

internal enum DccKind
{
    Vaccination,
    Test,
    Recovery,
}

/// <summary>What an EU Digital COVID Certificate says of one person: one vaccination, one test or one recovery (schema 1.3).
/// Checked by <see cref="DccSchema"/> before it is signed.</summary>
/// <param name="BirthDate">ISO, as much of it as is known: 1979-04-14, 1979-04, 1979 or nothing.</param>
internal sealed record DccPayload(DccName Name, string BirthDate, DccVaccination? Vaccination, DccTest? Test, DccRecovery? Recovery)
{
    public const string Schema = "1.3.0";

    public string Version { get; init; } = Schema;

    public DccKind Kind => Vaccination is not null ? DccKind.Vaccination : Test is not null ? DccKind.Test : DccKind.Recovery;

    public string Uvci => Vaccination?.Uvci ?? Test?.Uvci ?? Recovery?.Uvci ?? "";

    public static DccPayload Of(string familyName, string givenName, DateOnly birth, DccVaccination vaccination) =>
        new(DccName.Of(familyName, givenName), DccText.Of(birth), vaccination, null, null);

    public static DccPayload Of(string familyName, string givenName, DateOnly birth, DccTest test) =>
        new(DccName.Of(familyName, givenName), DccText.Of(birth), null, test, null);

    public static DccPayload Of(string familyName, string givenName, DateOnly birth, DccRecovery recovery) =>
        new(DccName.Of(familyName, givenName), DccText.Of(birth), null, null, recovery);
}

/// <param name="FamilyName">As it is written (<c>fn</c>), cut at 80.</param>
/// <param name="FamilyNameInMrz">As a passport's machine-readable lines write it (<c>fnt</c>).</param>
internal sealed record DccName(string? FamilyName, string? FamilyNameInMrz, string? GivenName, string? GivenNameInMrz)
{
    public static DccName Of(string familyName, string givenName) =>
        new(DccText.Cut(familyName), MachineReadableName.Of(familyName, givenName), DccText.Cut(givenName), MachineReadableName.Of(givenName, familyName));
}

/// <param name="Prophylaxis"><c>vp</c>: SNOMED CT code of the kind of vaccine.</param>
/// <param name="Product"><c>mp</c>: EU/1/20/1528 is Comirnaty.</param>
/// <param name="Holder"><c>ma</c>: of the marketing authorisation.</param>
/// <param name="Dose"><c>dn</c>.</param>
/// <param name="Doses"><c>sd</c>: of the series.</param>
internal sealed record DccVaccination(string Prophylaxis, string Product, string Holder, int Dose, int Doses, DateOnly On, string Uvci)
{
    public string Target { get; init; } = DccCodes.Covid19;
    public string Country { get; init; } = DccCodes.Italy;
    public string Issuer { get; init; } = DccCodes.Issuer;
}

/// <param name="Type"><see cref="DccCodes.Molecular"/> or <see cref="DccCodes.Antigen"/>.</param>
/// <param name="Name"><c>nm</c>: of a molecular test.</param>
/// <param name="Device"><c>ma</c>: JRC number of an antigen device.</param>
/// <param name="CollectedAt">UTC.</param>
/// <param name="Result"><see cref="DccCodes.NotDetected"/> or <see cref="DccCodes.Detected"/>.</param>
/// <param name="Centre"><c>tc</c>: where the sample was taken; compulsory for a molecular test.</param>
internal sealed record DccTest(string Type, string? Name, string? Device, DateTime CollectedAt, string Result, string? Centre, string Uvci)
{
    public string Target { get; init; } = DccCodes.Covid19;
    public string Country { get; init; } = DccCodes.Italy;
    public string Issuer { get; init; } = DccCodes.Issuer;
}

/// <param name="FirstPositive"><c>fr</c>: day of the first positive molecular test.</param>
internal sealed record DccRecovery(DateOnly FirstPositive, DateOnly From, DateOnly Until, string Uvci)
{
    public string Target { get; init; } = DccCodes.Covid19;
    public string Country { get; init; } = DccCodes.Italy;
    public string Issuer { get; init; } = DccCodes.Issuer;
}

/// <summary>Codes that decide something; all others are the value sets' (certificate_values.csv).</summary>
internal static class DccCodes
{
    public const string Covid19 = "840539006";
    public const string Italy = "IT";
    public const string Issuer = "Ministero della Salute";
    public const string Molecular = "LP6464-4";
    public const string Antigen = "LP217198-3";
    public const string NotDetected = "260415000";
    public const string Detected = "260373001";
}
