using System.Globalization;

namespace Platform.BuildingBlocks.Regions;

public static partial class RegionPack
{
    private static readonly string[] CertificateSets = ["target", "test", "result", "prophylaxis", "country"];
    private static readonly string[] SignedKinds = ["vaccination", "test", "recovery"];
    private static readonly string[] CheckedKinds = [.. SignedKinds, "exemption"];
    private static readonly string[] ProductGroups = ["ema", CertificateProduct.Other];
    private static readonly string[] DoseCases = ["partial", "complete", "booster"];
    private static readonly string[] CheckCases = [CertificateCheck.Every, .. DoseCases, "molecular", "antigen", "recovery", "recovery-after-vaccination"];

    private static HcertRules ReadHcert(string folder, IEnumerable<string> vaccines, List<string> errors)
    {
        var values = Table(folder, "certificate_values.csv", errors, r => new CertificateValue(
            r.Choice("set", CertificateSets), r.Text("code", 40), r.Text("name", 120), r.Valid(), r.Text("source", 200)));
        Overlaps(values, "certificate_values.csv", v => $"{v.Set} {v.Code}", v => v.Valid, errors);
        var prophylaxes = values.Where(v => v.Row.Set == "prophylaxis").Select(v => v.Row.Code).ToHashSet();
        var known = vaccines.ToHashSet();
        var products = Table(folder, "certificate_products.csv", errors, r => new CertificateProduct(
            r.OptionalText("vaccine", 20), r.Text("product", 60), r.Text("name", 80), r.Text("holder", 60), r.Text("holder_name", 120),
            r.Several("prophylaxis", prophylaxes), r.Choice("group", ProductGroups), r.Valid(), r.Text("source", 200)));
        Overlaps(products, "certificate_products.csv", p => p.Product, p => p.Valid, errors);
        Overlaps([.. products.Where(p => p.Row.Vaccine is not null)], "certificate_products.csv", p => p.Vaccine!, p => p.Valid, errors);
        foreach (var (product, line) in products.Where(p => p.Row.Vaccine is { } vaccine && !known.Contains(vaccine)))
            errors.Add($"certificate_products.csv, line {line}: vaccine {product.Vaccine} is not in vaccines.csv");

        var terms = Table(folder, "certificate_terms.csv", errors, r => new CertificateTerm(r.Choice("kind", SignedKinds), r.Number("days"), r.Valid(), r.Text("source", 200)));
        Overlaps(terms, "certificate_terms.csv", t => t.Kind, t => t.Valid, errors);
        foreach (var (term, line) in terms.Where(t => t.Row.Days < 1))
            errors.Add($"certificate_terms.csv, line {line}: days is {term.Days}, must be 1 at least");
        foreach (var missing in SignedKinds.Except(terms.Where(t => t.Row.Valid.Until is null).Select(t => t.Row.Kind)))
            errors.Add($"certificate_terms.csv: no line of {missing} that still holds");

        var modes = Table(folder, "verification_modes.csv", errors, r => new VerificationMode(
            r.Text("mode", 20), r.Text("name", 80), r.Text("name_en", 80), r.Valid(), r.Text("source", 200)));
        Overlaps(modes, "verification_modes.csv", m => m.Code, m => m.Valid, errors);
        if (!modes.Exists(m => m.Row.Valid.Until is null))
            errors.Add("verification_modes.csv: no mode that still holds");
        var modeCodes = modes.Select(m => m.Row.Code).ToHashSet();
        var productWords = products.Select(p => p.Row.Product).Append(CertificateCheck.Every).ToHashSet();
        var doses = Table(folder, "verification_doses.csv", errors, r => new DoseMeaning(
            r.Known("product", productWords, 60), r.Dose("dose").From, r.Dose("dose").AndLater, r.Dose("of").From, r.More("of"),
            r.Choice("case", DoseCases), r.Valid(), r.Text("source", 200)));
        var checks = Table(folder, "verification_checks.csv", errors, r => new CertificateCheck(
            r.Several("modes", modeCodes), r.Choice("kind", CheckedKinds), r.Choice("case", CheckCases), r.Known("product", [.. productWords, .. ProductGroups], 60),
            r.Choice("country", CertificateCheck.Every, "IT", "abroad"), r.OptionalNumber("from_age"), r.OptionalNumber("to_age"), r.Number("start"), r.OptionalNumber("end"),
            r.Choice("unit", "days", "hours") == "hours", r.Choice("outcome", "valid", "test-needed"), r.Valid(), r.Text("source", 200)));
        foreach (var (check, line) in checks.Where(c => c.Row.End < c.Row.Start))
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"verification_checks.csv, line {line}: it ends ({check.End}) before it starts ({check.Start})"));
        return new(Rows(products), Rows(values), Rows(terms), Rows(modes), Rows(doses), Rows(checks));
    }

    private sealed partial class PackRow
    {
        /// <summary>A dose: <c>2</c>, <c>3+</c> for that and later ones, <c>*</c> for any; also <c>more</c>, of the doses of a series.</summary>
        public (int? From, bool AndLater) Dose(string column)
        {
            var text = Text(column, 4);
            if (text is CertificateCheck.Every or "more")
                return (null, false);
            if (!int.TryParse(text.TrimEnd('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var dose) || dose < 1)
                Fail($"{column} is «{text}», must be a number, such as 3+, or *");
            return (dose, text.EndsWith('+'));
        }

        public bool More(string column) => Text(column, 4) == "more";
    }
}
