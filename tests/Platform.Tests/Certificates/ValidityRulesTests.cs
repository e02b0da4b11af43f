using System.Globalization;
using Platform.Certificates.Hcert;
using Platform.Certificates.Verification;

namespace Platform.Tests.Certificates;

/// <summary>The settings of the Italian verifier (VerificaC19) on the days they were in force: verification_checks.csv.</summary>
public sealed class ValidityRulesTests : IDisposable
{
    private const string Comirnaty = "EU/1/20/1528";
    private const string Jcovden = "EU/1/20/1525";
    private const string Vaxzevria = "EU/1/21/1529";

    private readonly Keys keys = new();

    public void Dispose() => keys.Dispose();

    [Theory]
    // Before a second dose: from the fifteenth day, as long as its interval.
    [InlineData("base", Comirnaty, 1, 2, "IT", "2021-11-01", "2021-11-15", nameof(Outcome.NotValidYet))]
    [InlineData("base", Comirnaty, 1, 2, "IT", "2021-11-01", "2021-11-16", nameof(Outcome.Valid))]
    [InlineData("base", Comirnaty, 1, 2, "IT", "2021-11-01", "2021-12-13", nameof(Outcome.Valid))]
    [InlineData("base", Comirnaty, 1, 2, "IT", "2021-11-01", "2021-12-14", nameof(Outcome.Expired))]
    [InlineData("base", Vaxzevria, 1, 2, "IT", "2021-11-01", "2021-12-14", nameof(Outcome.Valid))]
    [InlineData("entry", Comirnaty, 1, 2, "FR", "2021-11-01", "2021-11-20", nameof(Outcome.NotValid))]
    // Complete: nine months, then twelve, then nine, then six.
    [InlineData("base", Comirnaty, 2, 2, "IT", "2021-01-10", "2021-08-01", nameof(Outcome.Valid))]
    [InlineData("base", Comirnaty, 2, 2, "IT", "2021-01-10", "2021-11-01", nameof(Outcome.Valid))]
    [InlineData("base", Comirnaty, 2, 2, "IT", "2021-01-10", "2021-12-15", nameof(Outcome.Expired))]
    [InlineData("base", Comirnaty, 2, 2, "IT", "2021-08-15", "2022-02-11", nameof(Outcome.Valid))]
    [InlineData("base", Comirnaty, 2, 2, "IT", "2021-08-15", "2022-02-12", nameof(Outcome.Expired))]
    [InlineData("base", Comirnaty, 2, 2, "FR", "2021-08-15", "2022-02-12", nameof(Outcome.Valid))]
    [InlineData("strengthened", Comirnaty, 2, 2, "FR", "2021-08-15", "2022-02-12", nameof(Outcome.TestNeeded))]
    [InlineData("strengthened", Comirnaty, 2, 2, "IT", "2021-08-15", "2022-02-12", nameof(Outcome.Expired))]
    [InlineData("base", "Sputnik-V", 2, 2, "RS", "2021-12-01", "2022-02-12", nameof(Outcome.TestNeeded))]
    [InlineData("school", Comirnaty, 2, 2, "IT", "2021-10-15", "2022-02-12", nameof(Outcome.Valid))]
    [InlineData("school", Comirnaty, 2, 2, "IT", "2021-10-14", "2022-02-12", nameof(Outcome.Expired))]
    [InlineData("booster", Comirnaty, 2, 2, "IT", "2021-12-01", "2022-02-12", nameof(Outcome.TestNeeded))]
    [InlineData("booster", Comirnaty, 3, 3, "IT", "2021-12-01", "2022-02-12", nameof(Outcome.Valid))]
    [InlineData("booster", Comirnaty, 2, 1, "IT", "2021-12-01", "2022-02-12", nameof(Outcome.Valid))]
    // One dose alone: from the fifteenth day.
    [InlineData("base", Jcovden, 1, 1, "IT", "2021-11-01", "2021-11-15", nameof(Outcome.NotValidYet))]
    [InlineData("base", Jcovden, 1, 1, "IT", "2021-11-01", "2021-11-16", nameof(Outcome.Valid))]
    [InlineData("strengthened", Jcovden, 2, 2, "IT", "2022-01-01", "2022-08-12", nameof(Outcome.Valid))]
    // After all, the signature alone.
    [InlineData("base", Comirnaty, 2, 2, "IT", "2021-08-15", "2023-01-01", nameof(Outcome.NotValid))]
    [InlineData("authentic", Comirnaty, 2, 2, "IT", "2021-08-15", "2023-01-01", nameof(Outcome.Valid))]
    [InlineData("authentic", "Unknown", 2, 2, "IT", "2021-08-15", "2023-01-01", nameof(Outcome.Valid))]
    public void A_vaccination(string mode, string product, int dose, int doses, string country, string on, string today, string expected) =>
        Says(expected, mode, today, Entry("vaccination", ("mp", product), ("dn", $"{dose}"), ("sd", $"{doses}"), ("co", country), ("dt", on)));

    [Theory]
    [InlineData("2005-02-12", "2022-02-12", nameof(Outcome.Valid))]
    [InlineData("2004-02-13", "2022-02-12", nameof(Outcome.Valid))]
    [InlineData("2004-02-12", "2022-02-12", nameof(Outcome.Expired))]
    [InlineData("2004", "2022-02-12", nameof(Outcome.Valid))]
    [InlineData("", "2022-02-12", nameof(Outcome.Expired))]
    public void Under_eighteen_a_cycle_lasts_longer(string birth, string today, string expected) =>
        Says(expected, "base", today, Entry("vaccination", ("mp", Comirnaty), ("dn", "2"), ("sd", "2"), ("co", "IT"), ("dt", "2021-08-01")) with { BirthDate = birth });

    [Theory]
    [InlineData("base", DccCodes.Molecular, "2021-11-12T10:00:00Z", DccCodes.NotDetected, nameof(Outcome.Valid))]
    [InlineData("base", DccCodes.Molecular, "2021-11-12T08:59:00+00:00", DccCodes.NotDetected, nameof(Outcome.Expired))]
    [InlineData("base", DccCodes.Antigen, "2021-11-13T10:00:00+01:00", DccCodes.NotDetected, nameof(Outcome.Valid))]
    [InlineData("base", DccCodes.Antigen, "2021-11-13T09:59:00+01:00", DccCodes.NotDetected, nameof(Outcome.Expired))]
    [InlineData("base", DccCodes.Molecular, "2021-11-15T10:00:00Z", DccCodes.NotDetected, nameof(Outcome.NotValidYet))]
    [InlineData("base", DccCodes.Molecular, "2021-11-15T08:00:00Z", DccCodes.Detected, nameof(Outcome.NotValid))]
    [InlineData("authentic", DccCodes.Molecular, "2021-11-15T08:00:00Z", DccCodes.Detected, nameof(Outcome.NotValid))]
    [InlineData("base", "other", "2021-11-15T08:00:00Z", DccCodes.NotDetected, nameof(Outcome.NotValid))]
    [InlineData("base", DccCodes.Molecular, "yesterday", DccCodes.NotDetected, nameof(Outcome.NotValid))]
    [InlineData("strengthened", DccCodes.Molecular, "2021-11-15T08:00:00Z", DccCodes.NotDetected, nameof(Outcome.NotValid))]
    public void A_test_checked_at_nine_of_the_fifteenth_of_November(string mode, string type, string taken, string result, string expected) =>
        Says(expected, mode, "2021-11-15", Entry("test", ("tt", type), ("sc", taken), ("tr", result), ("co", "IT")));

    [Theory]
    [InlineData("work", "1975-01-01", nameof(Outcome.Valid))]
    [InlineData("work", "1972-03-02", nameof(Outcome.Valid))]
    [InlineData("work", "1972-03-01", nameof(Outcome.NotValid))]
    [InlineData("work", "1950-01-01", nameof(Outcome.NotValid))]
    public void From_fifty_years_a_test_is_not_enough_to_work(string mode, string birth, string expected) =>
        Says(expected, mode, "2022-03-01", Entry("test", ("tt", DccCodes.Molecular), ("sc", "2022-03-01T08:00:00Z"), ("tr", DccCodes.NotDetected), ("co", "IT")) with { BirthDate = birth });

    [Theory]
    [InlineData(false, "2021-10-12", "2022-03-30", "2021-10-11", nameof(Outcome.NotValidYet))]
    [InlineData(false, "2021-10-12", "2022-03-30", "2022-03-30", nameof(Outcome.Valid))]
    [InlineData(false, "2021-10-12", "2022-03-30", "2022-03-31", nameof(Outcome.Expired))]
    [InlineData(true, "2021-10-12", "2023-03-30", "2022-04-30", nameof(Outcome.Valid))]
    [InlineData(false, "2021-10-12", "2023-03-30", "2022-04-30", nameof(Outcome.Expired))]
    public void A_recovery(bool afterVaccination, string from, string until, string today, string expected) =>
        Says(expected, "base", today, Entry("recovery", ("df", from), ("du", until), ("co", "IT")), afterVaccination ? KeyUses.Recovery : null);

    [Fact]
    public void An_exemption_is_Italys_own()
    {
        Says(nameof(Outcome.Valid), "strengthened", "2022-03-01", Entry("exemption", ("df", "2022-02-10"), ("du", "2022-06-30"), ("co", "IT")));
        Says(nameof(Outcome.NotValid), "strengthened", "2022-03-01", Entry("exemption", ("df", "2022-02-10"), ("du", "2022-06-30"), ("co", "FR")));
        Says(nameof(Outcome.TestNeeded), "booster", "2022-03-01", Entry("exemption", ("df", "2022-02-10"), ("du", "2022-06-30"), ("co", "IT")));
    }

    [Fact]
    public void Another_disease_is_no_use() =>
        Says(nameof(Outcome.NotValid), "authentic", "2021-11-15", Entry("recovery", ("df", "2021-10-12"), ("du", "2022-03-30"), ("co", "IT"), ("tg", "6142004")));

    private static ReadDcc Entry(string kind, params (string Key, string Value)[] entry)
    {
        var said = new Dictionary<string, string> { ["tg"] = DccCodes.Covid19 };
        foreach (var (key, value) in entry)
            said[key] = value;
        return new("Prova", "PROVA", "Persona", "PERSONA", "1979-04-14", kind, said);
    }

    private void Says(string expected, string mode, string today, ReadDcc dcc, string? use = null)
    {
        using var key = keys.Make(use);
        var at = DateTime.Parse(today + "T09:00:00Z", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        Assert.Equal(expected, ValidityRules.Judge(dcc, new("IT", key.Certificate, key.Uses), mode, at, Pack.Piemonte).ToString());
    }
}
