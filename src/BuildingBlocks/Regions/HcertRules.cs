using Platform.BuildingBlocks.Localisation;

namespace Platform.BuildingBlocks.Regions;

/// <summary>What EU Digital COVID Certificates may say (value sets), how long they last as technical things, and when they are of use.
/// Each line has its validity and its source; see docs/region-pack.md.</summary>
public sealed record HcertRules(
    IReadOnlyList<CertificateProduct> Products, IReadOnlyList<CertificateValue> Values, IReadOnlyList<CertificateTerm> Terms,
    IReadOnlyList<VerificationMode> Modes, IReadOnlyList<DoseMeaning> Doses, IReadOnlyList<CertificateCheck> Checks)
{
    /// <param name="vaccine">Of vaccines.csv.</param>
    /// <returns>Null for a vaccine that no certificate can name on that day.</returns>
    public CertificateProduct? ProductOfVaccine(string vaccine, DateOnly day) => Products.LastOrDefault(p => p.Vaccine == vaccine && p.Valid.On(day));

    public CertificateProduct? ProductOf(string product, DateOnly day) => Products.LastOrDefault(p => p.Product == product && p.Valid.On(day));

    /// <param name="set"><c>target</c>, <c>test</c>, <c>result</c>, <c>prophylaxis</c>, <c>country</c>.</param>
    public bool Has(string set, string code, DateOnly day) => Values.Any(v => v.Set == set && v.Code == code && v.Valid.On(day));

    /// <param name="kind"><c>vaccination</c>, <c>test</c>, <c>recovery</c>.</param>
    public CertificateTerm? TermOf(string kind, DateOnly day) => Terms.LastOrDefault(t => t.Kind == kind && t.Valid.On(day));

    public IEnumerable<VerificationMode> ModesOn(DateOnly day) => Modes.Where(m => m.Valid.On(day));

    /// <summary><c>partial</c>, <c>complete</c> or <c>booster</c>: the first line that fits, from the top.</summary>
    public string? MeaningOf(string product, int dose, int doses, DateOnly day) =>
        Doses.FirstOrDefault(d => d.Fits(product, dose, doses) && d.Valid.On(day))?.Case;

    /// <summary>Lines for this certificate on this day; those of its product alone, if there are any, else of the product's group.</summary>
    public IReadOnlyList<CertificateCheck> ChecksOf(string mode, string kind, string @case, string product, string country, int? age, DateOnly day)
    {
        var groups = Products.LastOrDefault(p => p.Product == product)?.Group ?? CertificateProduct.Other;
        return Checks.Where(c => c.Kind == kind && (c.Case == CertificateCheck.Every || c.Case == @case) && c.Modes.Contains(mode) && c.Valid.On(day)
                && (c.Country == CertificateCheck.Every || (c.Country == "IT") == (country == "IT"))
                && (c.FromAge is null || age >= c.FromAge) && (c.ToAge is null || age <= c.ToAge))
            .Select(c => (Check: c, Level: c.Product == product ? 2 : c.Product == groups ? 1 : c.Product == CertificateCheck.Every ? 0 : -1))
            .Where(c => c.Level >= 0).GroupBy(c => c.Level).MaxBy(g => g.Key)?.Select(c => c.Check).ToList() ?? [];
    }
}

/// <summary>A vaccine as certificates write it.</summary>
/// <param name="Vaccine">Of vaccines.csv, where the region gives it; null for those given elsewhere.</param>
/// <param name="Product"><c>mp</c>.</param>
/// <param name="Holder"><c>ma</c>.</param>
/// <param name="Prophylaxis"><c>vp</c>: the codes that fit it, the one to write first.</param>
/// <param name="Group"><c>ema</c>: authorised, or recognised as such; <c>other</c>.</param>
public sealed record CertificateProduct(
    string? Vaccine, string Product, string Name, string Holder, string HolderName, IReadOnlyList<string> Prophylaxis, string Group, Validity Valid, string Source)
{
    public const string Other = "other";
}

public sealed record CertificateValue(string Set, string Code, string Name, Validity Valid, string Source);

/// <param name="Days">From issuing to the end of the signed certificate.</param>
public sealed record CertificateTerm(string Kind, int Days, Validity Valid, string Source);

/// <summary>What a check is for: <c>base</c>, <c>strengthened</c>, …; each was asked for from one day to another.</summary>
public sealed record VerificationMode(string Code, string NameIt, string NameEn, Validity Valid, string Source)
{
    public string Name => Texts.Italian ? NameIt : NameEn;
}

/// <summary>What dose 2 of 1 is.</summary>
/// <param name="Product">Or <c>*</c>.</param>
/// <param name="FromDose">This dose, or later ones too (<c>3+</c>); null for any.</param>
/// <param name="Doses">Of the series; null for any.</param>
/// <param name="More">The series has more doses than were given.</param>
public sealed record DoseMeaning(string Product, int? FromDose, bool AndLater, int? Doses, bool More, string Case, Validity Valid, string Source)
{
    public bool Fits(string product, int dose, int doses) =>
        (Product == CertificateCheck.Every || Product == product) && (FromDose is null || dose == FromDose || (AndLater && dose > FromDose))
        && (Doses is null || Doses == doses) && (!More || doses > dose);
}

/// <summary>From when to when a certificate is of use, counted from the dose, the sample, or the first day of the recovery.</summary>
/// <param name="Case">Of a vaccination <c>partial</c>, <c>complete</c>, <c>booster</c>; of a test <c>molecular</c>, <c>antigen</c>; of a recovery
/// <c>recovery</c>, <c>recovery-after-vaccination</c>; or <c>*</c>.</param>
/// <param name="Product">Code of a product, group of products, or <c>*</c>.</param>
/// <param name="Country"><c>IT</c>, <c>abroad</c> or <c>*</c>.</param>
/// <param name="FromAge">Full years on the day of the check.</param>
/// <param name="End">Null for no end.</param>
/// <param name="Hours">Start and end are hours, not days.</param>
/// <param name="Outcome"><c>valid</c>, or <c>test-needed</c>: only together with a negative test.</param>
public sealed record CertificateCheck(
    IReadOnlyList<string> Modes, string Kind, string Case, string Product, string Country, int? FromAge, int? ToAge, int Start, int? End, bool Hours,
    string Outcome, Validity Valid, string Source)
{
    public const string Every = "*";
}
