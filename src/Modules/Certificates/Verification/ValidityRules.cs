using Platform.BuildingBlocks.Regions;
using Platform.Certificates.Hcert;

namespace Platform.Certificates.Verification;

/// <summary>Whether a true certificate is of use on a day: the lines of verification_checks.csv that fit it.</summary>
internal static class ValidityRules
{
    /// <param name="at">UTC.</param>
    public static Outcome Judge(ReadDcc dcc, TrustedKey key, string mode, DateTime at, Region region)
    {
        var (rules, today) = (region.Hcert, region.DayOf(at));
        if (dcc["tg"] != DccCodes.Covid19)
            return Outcome.NotValid;
        var product = dcc["mp"];
        string? what;
        DateTime? from = null;
        DateOnly? first = null, last = null;
        switch (dcc.Kind)
        {
            case "vaccination":
                what = dcc.Number("dn") is { } dose and > 0 && dcc.Number("sd") is { } doses and > 0 ? rules.MeaningOf(product, dose, doses, today) : null;
                first = dcc.Day("dt");
                break;
            case "test":
                // Whoever was positive cannot enter with it, whatever the day.
                if (dcc["tr"] != DccCodes.NotDetected)
                    return Outcome.NotValid;
                what = dcc["tt"] switch { DccCodes.Molecular => "molecular", DccCodes.Antigen => "antigen", _ => null };
                from = dcc.Instant("sc");
                first = from is { } taken ? region.DayOf(taken) : null;
                break;
            case "recovery":
                // Italy signs with a key for recoveries alone what comes after a vaccination (circular of the Ministry of Health, 2022).
                what = dcc["co"] == DccCodes.Italy && key.Uses.ForRecovery ? "recovery-after-vaccination" : "recovery";
                (first, last) = (dcc.Day("df"), dcc.Day("du"));
                break;
            default:
                what = CertificateCheck.Every;
                (first, last) = (dcc.Day("df") ?? dcc.Day("fr"), dcc.Day("du"));
                break;
        }

        if (what is null || first is not { } start)
            return Outcome.NotValid;
        var checks = rules.ChecksOf(mode, dcc.Kind, what, product, dcc["co"], dcc.AgeOn(today), today);
        if (checks.Count == 0)
            return Outcome.NotValid;
        if (last < today)
            return Outcome.Expired;
        var begun = false;
        foreach (var check in checks)
        {
            var (opens, closes) = check.Hours
                ? (at >= from?.AddHours(check.Start), check.End is { } hours && at > from?.AddHours(hours))
                : (today >= start.AddDays(check.Start), check.End is { } days && today > start.AddDays(days));
            if (opens && !closes)
                return check.Outcome == "valid" ? Outcome.Valid : Outcome.TestNeeded;
            begun |= opens;
        }

        return begun ? Outcome.Expired : Outcome.NotValidYet;
    }
}
