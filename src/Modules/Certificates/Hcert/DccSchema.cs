using System.Globalization;
using System.Text.RegularExpressions;
using Platform.BuildingBlocks.Regions;

namespace Platform.Certificates.Hcert;

/// <summary>What the European schema (1.3) and the value sets allow a certificate to say; see certificate_values.csv and certificate_products.csv.</summary>
internal static partial class DccSchema
{
    private const int Longest = 80;

    /// <returns>Name of each field that may not be as it is, <c>v.mp</c>; none where the certificate may be signed. Never a value: it is of a person.</returns>
    public static IReadOnlyList<string> Check(DccPayload payload, HcertRules rules, DateOnly day)
    {
        var wrong = new List<string>();
        void Must(bool holds, string field)
        {
            if (!holds)
                wrong.Add(field);
        }

        Must(VersionShape().IsMatch(payload.Version), "ver");
        Must(payload.Name is { FamilyName: null or { Length: <= Longest }, GivenName: null or { Length: <= Longest } }, "nam.fn");
        Must(payload.Name.FamilyNameInMrz is null || MrzShape().IsMatch(payload.Name.FamilyNameInMrz), "nam.fnt");
        Must(payload.Name.GivenNameInMrz is null || MrzShape().IsMatch(payload.Name.GivenNameInMrz), "nam.gnt");
        Must(payload.Name.FamilyNameInMrz?.Length > 0 || payload.Name.GivenNameInMrz?.Length > 0, "nam");
        Must(BirthShape().IsMatch(payload.BirthDate) && IsBirth(payload.BirthDate), "dob");
        Must(new object?[] { payload.Vaccination, payload.Test, payload.Recovery }.Count(e => e is not null) == 1, "v t r");

        if (payload.Vaccination is { } v)
        {
            Common("v", v.Target, v.Country, v.Issuer, v.Uvci);
            var product = rules.ProductOf(v.Product, day);
            Must(product is not null, "v.mp");
            Must(product is null || product.Holder == v.Holder, "v.ma");
            Must(rules.Has("prophylaxis", v.Prophylaxis, day) && (product is null || product.Prophylaxis.Contains(v.Prophylaxis)), "v.vp");
            Must(v.Dose >= 1, "v.dn");
            Must(v.Doses >= 1, "v.sd");
            Must(v.On <= day, "v.dt");
        }
        else if (payload.Test is { } t)
        {
            Common("t", t.Target, t.Country, t.Issuer, t.Uvci);
            Must(rules.Has("test", t.Type, day), "t.tt");
            Must(rules.Has("result", t.Result, day), "t.tr");
            Must(t.Name is null or { Length: <= Longest }, "t.nm");
            Must(t.Centre is null ? t.Type != DccCodes.Molecular : t.Centre.Length is > 0 and <= Longest, "t.tc");
            // The number of the common list of antigen tests, for those alone.
            Must(t.Type == DccCodes.Antigen ? t.Device is not null && DeviceShape().IsMatch(t.Device) : t.Device is null, "t.ma");
        }
        else if (payload.Recovery is { } r)
        {
            Common("r", r.Target, r.Country, r.Issuer, r.Uvci);
            Must(r.FirstPositive <= day, "r.fr");
            Must(r.From > r.FirstPositive, "r.df");
            Must(r.Until >= r.From, "r.du");
        }

        return wrong;

        void Common(string entry, string target, string country, string issuer, string uvci)
        {
            Must(rules.Has("target", target, day), entry + ".tg");
            Must(rules.Has("country", country, day), entry + ".co");
            Must(issuer.Length is > 0 and <= Longest, entry + ".is");
            Must(UvciShape().IsMatch(uvci), entry + ".ci");
        }
    }

    private static bool IsBirth(string text) =>
        text.Length < 7 || DateOnly.TryParseExact(text.Length == 7 ? text + "-01" : text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(@"\A[0-9]+\.[0-9]+\.[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex VersionShape();

    [GeneratedRegex(@"\A[A-Z<]{0,80}\z", RegexOptions.CultureInvariant)]
    private static partial Regex MrzShape();

    [GeneratedRegex(@"\A((19|20)[0-9]{2}(-[0-9]{2}){0,2})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex BirthShape();

    [GeneratedRegex(@"\A[0-9]{1,6}\z", RegexOptions.CultureInvariant)]
    private static partial Regex DeviceShape();

    // Letters, digits, «/», «:» and «#» of the guidelines; with or without the prefix. The check character is not looked at: countries compute it differently.
    [GeneratedRegex(@"\A(URN:UVCI:)?[A-Za-z0-9/:#]{5,72}\z", RegexOptions.CultureInvariant)]
    private static partial Regex UvciShape();
}
