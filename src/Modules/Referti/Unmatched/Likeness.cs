using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.Referti.LabMessages;

namespace Platform.Referti.Unmatched;

/// <summary>How much somebody of the registry is like the person that a message names, from 0 to 100, and why. It orders
/// whom a person looks at; it never places a result by itself.</summary>
/// <param name="Reasons">Italian, the keys of their translations; the weightiest first.</param>
/// <param name="Plausible">The codice fiscale or the names are alike: a birth date, or a family name, is shared with many.</param>
[Shows(FieldClass.Work)]
internal sealed record Likeness(int Score, IReadOnlyList<string> Reasons, bool Plausible)
{
    private const double Alike = 0.6;

    /// <summary>In the place of the digits 0 to 9.</summary>
    private const string OmocodiaLetters = "LMNPQRSTUV";

    private const int Code = 50;
    private const int Names = 25;
    private const int Birth = 20;
    private const int NumberBonus = 25;
    private const int WithoutCode = 90;

    /// <param name="number">Whether the sample's number is hers; null where one near it is.</param>
    public static Likeness Of(PersonReading read, PatientSummary known, bool? number)
    {
        var (got, of) = (0, 0);
        var reasons = new List<string>();
        void Weigh(int weight, (double Part, string? Reason)? measured)
        {
            if (measured is not { } m)
                return;
            of += weight;
            got += (int)Math.Round(weight * m.Part);
            if (m.Reason is { } reason)
                reasons.Add(reason);
        }

        var code = read.Code is { } written && known.OtherCodes.Contains(written, StringComparer.OrdinalIgnoreCase)
            ? (1, "Un suo codice: STP, ENI, provvisorio o precedente") : OfCode(read.FiscalCode, known);
        Weigh(Code, code);
        var names = OfNames(read, known);
        Weigh(Names, names);
        Weigh(Birth, OfBirth(read.BirthDate, known.BirthDate));
        var score = of == 0 ? 0 : 100 * got / of;
        if (code is null)
            score = Math.Min(score, WithoutCode);
        if (number != false)
        {
            score = Math.Min(100, score + (number == true ? NumberBonus : NumberBonus / 2));
            reasons.Insert(0, number == true ? "Il numero del campione è suo" : "Il numero del campione è suo, con un carattere sbagliato");
        }

        return new(score, reasons, code?.Part >= Alike || names?.Part >= Alike);
    }

    private static (double Part, string? Reason)? OfCode(string? read, PatientSummary known)
    {
        if (string.IsNullOrWhiteSpace(read) || known.FiscalCode is not { } own)
            return null;
        var (a, b) = (read.ToUpperInvariant(), own.ToUpperInvariant());
        if (a == b)
            return (1, "Codice fiscale uguale");
        if (a.Length != 16 || b.Length != 16)
            return (0, "Codice fiscale diverso");
        if (WithDigits(a)[..15] == WithDigits(b)[..15])
            return (0.95, "Codice fiscale uguale, con lettere al posto di cifre (omocodia)");
        return Distance(a, b) switch
        {
            1 => (0.75, "Codice fiscale con un carattere diverso"),
            // A wrong character spoils the check character too; two neighbours exchanged are two.
            2 => (0.6, "Codice fiscale con due caratteri diversi"),
            _ => (0, "Codice fiscale diverso"),
        };
    }

    private static (double Part, string? Reason)? OfNames(PersonReading read, PatientSummary known)
    {
        if (string.IsNullOrWhiteSpace(read.FamilyName) && string.IsNullOrWhiteSpace(read.GivenName))
            return null;
        var (f1, g1, f2, g2) = (Joined(read.FamilyName), Joined(read.GivenName), Joined(known.FamilyName), Joined(known.GivenName));
        if ((f1, g1) == (f2, g2))
            return (1, "Cognome e nome uguali");
        if ((f1, g1) == (g2, f2))
            return (0.9, "Cognome e nome scambiati");
        var (family, given) = (Part(read.FamilyName, known.FamilyName), Part(read.GivenName, known.GivenName));
        return (Math.Max(family + given, (Part(read.FamilyName, known.GivenName) + Part(read.GivenName, known.FamilyName)) * 0.9) / 2,
            (family, given) switch
            {
                (1, >= 0.5) => "Cognome uguale, nome simile",
                ( >= 0.5, 1) => "Nome uguale, cognome simile",
                ( >= 0.5, >= 0.5) => "Cognome e nome simili",
                (1, _) => "Cognome uguale",
                _ => null,
            });
    }

    /// <summary>1 for the same, less for each letter of difference; 0.8 where the words of one are among those of the other.</summary>
    private static double Part(string? a, string? b)
    {
        var (first, second) = (Joined(a), Joined(b));
        if (first.Length == 0 || second.Length == 0)
            return 0;
        if (first == second)
            return 1;
        var (words, others) = (SearchText.Of(a!).Split(' '), SearchText.Of(b!).Split(' '));
        if (words.All(others.Contains) || others.All(words.Contains))
            return 0.8;
        var part = 1 - ((double)Distance(first, second) / Math.Max(first.Length, second.Length));
        return part < 0.6 ? 0 : part;
    }

    private static (double Part, string? Reason)? OfBirth(DateOnly? read, DateOnly known)
    {
        if (read is not { } day)
            return null;
        if (day == known)
            return (1, "Data di nascita uguale");
        if (day.Year == known.Year && day.Month == known.Day && day.Day == known.Month)
            return (0.8, "Data di nascita con giorno e mese scambiati");
        var (a, b) = (day.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture), known.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture));
        return Distance(a, b) == 1 ? (0.6, "Data di nascita con una cifra diversa") : (0, "Data di nascita diversa");
    }

    // Of a code that may be mistyped, which the register's own reading would refuse.
    private static string WithDigits(string code) => string.Concat(code.Select((c, i) =>
        i is 6 or 7 or 9 or 10 or 12 or 13 or 14 && OmocodiaLetters.IndexOf(c, StringComparison.Ordinal) is >= 0 and var digit ? (char)('0' + digit) : c));

    private static string Joined(string? name) => SearchText.Of(name ?? "").Replace(" ", "", StringComparison.Ordinal);

    /// <summary>Letters to change, add, drop, or neighbours to exchange (Damerau-Levenshtein, restricted).</summary>
    internal static int Distance(string a, string b)
    {
        var (before, last, now) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
            last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            now[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                now[j] = Math.Min(Math.Min(last[j] + 1, now[j - 1] + 1), last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    now[j] = Math.Min(now[j], before[j - 2] + 1);
            }

            (before, last, now) = (last, now, before);
        }

        return last[b.Length];
    }
}
