using Platform.BuildingBlocks.Regions;
using Platform.Certificates.Contracts;
using Platform.Certificates.Hcert;
using Platform.Patients.Contracts;

namespace Platform.Certificates.Issuing;

/// <summary>What certificates say of one person's occasions, by the rules of a day.</summary>
/// <param name="occasions">All of hers: the number of a dose and the first of positives depend on the others.</param>
/// <param name="person">Null while the registry does not know her.</param>
internal sealed class Wording(Region region, IReadOnlyList<Occasion> occasions, PatientSummary? person)
{
    public PatientSummary? Person => person;

    /// <summary>The rule by which a certificate comes of it, and from which day on; no rule where none does.</summary>
    public (CertificateRule? Rule, DateOnly Due) RuleOf(Occasion occasion, DateOnly day)
    {
        if (occasion.Annulled || occasion.Fact is null || occasion.Result is null || region.Issuing.Of(occasion.Fact, occasion.Result, day) is not { } rule)
            return (null, default);
        if (rule.Gives == IssuingRules.Vaccination && (region.Hcert.ProductOfVaccine(occasion.Product ?? "", day) is null || NumberOf(occasion, day) is null))
            return (null, default);
        // The European schema asks for the device of an antigen test.
        if (rule.Gives == IssuingRules.Test && occasion is { Fact: "antigen", Product: null })
            return (null, default);
        if (rule.ApartDays is { } apart && occasions.Any(o => IsBefore(o, occasion) && occasion.Day.DayNumber - o.Day.DayNumber < apart && GivesTheSame(o, rule, day)))
            return (null, default);
        return rule.UntilDays is { } until && occasion.Day.AddDays(until) < day ? (null, default) : (rule, occasion.Day.AddDays(rule.FromDays ?? 0));
    }

    /// <returns>Null for what gives no certificate on that day, or of somebody whom the registry does not know.</returns>
    public Statement? Of(Occasion occasion, DateOnly day)
    {
        if (person is null || RuleOf(occasion, day).Rule is not { } rule)
            return null;
        var said = new Statement
        {
            Kind = Enum.Parse<CertificateKind>(rule.Gives, ignoreCase: true), FamilyName = person.FamilyName, GivenName = person.GivenName, BirthDate = person.BirthDate,
            Fact = occasion.Fact,
        };
        return rule.Gives switch
        {
            IssuingRules.Vaccination => OfDose(said, occasion, day),
            IssuingRules.Test => OfTest(said, occasion),
            _ => said with { On = occasion.Day, From = occasion.Day.AddDays(rule.FromDays ?? 0), Until = occasion.Day.AddDays(rule.UntilDays!.Value) },
        };
    }

    private Statement OfDose(Statement said, Occasion dose, DateOnly day)
    {
        var (product, number) = (region.Hcert.ProductOfVaccine(dose.Product!, day)!, NumberOf(dose, day)!);
        return said with
        {
            Prophylaxis = product.Prophylaxis[0],
            Product = product.Product,
            Holder = product.Holder,
            Vaccine = dose.Product,
            Number = number.Number,
            Total = number.Total,
            On = dose.Day,
        };
    }

    private static Statement OfTest(Statement said, Occasion test)
    {
        var antigen = test.Fact is "antigen" or "quick-swab";
        return said with
        {
            TestType = antigen ? DccCodes.Antigen : DccCodes.Molecular,
            Device = antigen ? test.Product : null,
            SampledAt = test.At,
            Result = DccCodes.NotDetected,
            Place = test.Place,
        };
    }

    private DoseNumber? NumberOf(Occasion dose, DateOnly day) => region.Issuing.NumberOf(dose.Dose ?? "", IsSingle(dose), day);

    /// <summary>Whether the first course was of one dose: it began after an infection, or with a vaccine of a single dose.</summary>
    private bool IsSingle(Occasion dose)
    {
        var disease = region.DiseaseOf(dose);
        var first = occasions.Where(o => o is { Fact: "dose", Annulled: false, Dose: "first" or "after-infection" } && region.DiseaseOf(o) == disease).MinBy(o => o.At);
        return first is not null && (first.Dose == "after-infection" || region.Vaccination.VaccineOf(first.Product!, first.Day) is { Doses: 1 });
    }

    private bool GivesTheSame(Occasion other, CertificateRule rule, DateOnly day) =>
        !other.Annulled && other.Fact is not null && other.Result is not null && region.Issuing.Of(other.Fact, other.Result, day)?.Gives == rule.Gives;

    private static bool IsBefore(Occasion one, Occasion other) => one.Id != other.Id && (one.At, one.Id).CompareTo((other.At, other.Id)) < 0;
}

internal static class Diseases
{
    /// <summary>What the dose is against, as in vaccines.csv.</summary>
    public static string? DiseaseOf(this Region region, Occasion dose) => region.Vaccination.Vaccines.LastOrDefault(v => v.Code == dose.Product)?.Disease;
}
