using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.People;

namespace Platform.Patients.Duplicates;

/// <summary>How somebody in the registry is like the one who is being written down; the surest first.</summary>
internal enum Likeness
{
    /// <summary>The same codice fiscale, or the same STP, ENI or provisional code.</summary>
    SameCode,

    /// <summary>A code by which she was known.</summary>
    FormerCode,

    /// <summary>The same codice fiscale but for letters in the place of digits.</summary>
    Omocodia,

    /// <summary>Same birth date, same names: accents, case, apostrophes and blanks aside.</summary>
    SameNames,

    /// <summary>Same birth date, family and given name the other way round.</summary>
    Swapped,

    /// <summary>Same birth date, one letter more, less, other or out of place in the two names together.</summary>
    OneLetter,

    /// <summary>Same birth date and family name, one given name of several.</summary>
    PartOfName,
}

internal sealed record Alike(Patient Patient, Likeness Likeness);

/// <summary>Finds whom a person may already be, in the whole registry: whoever asks decides what of it may be said.</summary>
internal sealed class Likely(PatientsDb db)
{
    /// <summary>Somebody has this code today, or this STP, ENI or provisional code ever.</summary>
    public async Task<bool> Has(string code, CancellationToken cancellation) =>
        await db.Patients.AnyAsync(p => p.FiscalCode == code, cancellation)
        || await db.Identities.AnyAsync(i => i.Value == code && i.Kind != Contracts.IdentityKind.FiscalCode, cancellation);

    public async Task<IReadOnlyList<Alike>> Of(Person person, CancellationToken cancellation)
    {
        var code = person.FiscalCode ?? person.Other?.Value;
        var born = await db.Patients.AsNoTracking().Where(p => p.BirthDate == person.BirthDate).ToListAsync(cancellation);
        if (code is not null)
        {
            born.AddRange(await db.Patients.AsNoTracking().Where(p => db.HavingCode(code).Contains(p.Id)).ToListAsync(cancellation));
        }

        return [.. born.DistinctBy(p => p.Id).Select(p => (Patient: p, How: Compare(p, person, code))).Where(a => a.How is not null)
            .OrderBy(a => a.How).ThenBy(a => a.Patient.FamilySearch, StringComparer.Ordinal).ThenBy(a => a.Patient.Id)
            .Select(a => new Alike(a.Patient, a.How!.Value))];
    }

    private static Likeness? Compare(Patient known, Person person, string? code)
    {
        if (code is not null && (known.FiscalCode == code || known.Identities.Any(i => i.Value == code && i.Kind != Contracts.IdentityKind.FiscalCode)))
            return Likeness.SameCode;
        if (code is not null && known.Identities.Any(i => i.Value == code))
            return Likeness.FormerCode;
        if (person.FiscalCode is { } one && known.FiscalCode is { } other && FiscalCode.WithDigits(one)[..15] == FiscalCode.WithDigits(other)[..15])
            return Likeness.Omocodia;
        return Names(known.FamilySearch, known.GivenSearch, SearchText.Of(person.FamilyName), SearchText.Of(person.GivenName));
    }

    /// <summary>Names as <see cref="SearchText"/> folds them.</summary>
    internal static Likeness? Names(string family, string given, string otherFamily, string otherGiven)
    {
        var (f1, g1, f2, g2) = (Joined(family), Joined(given), Joined(otherFamily), Joined(otherGiven));
        if ((f1, g1) == (f2, g2))
            return Likeness.SameNames;
        if ((f1, g1) == (g2, f2))
            return Likeness.Swapped;
        if ((f1 == f2 && OneApart(g1, g2)) || (g1 == g2 && OneApart(f1, f2)))
            return Likeness.OneLetter;
        return f1 == f2 && given.Split(' ').Intersect(otherGiven.Split(' ')).Any() ? Likeness.PartOfName : null;
    }

    private static string Joined(string folded) => folded.Replace(" ", "", StringComparison.Ordinal);

    /// <summary>One letter more, less or other, or two neighbours exchanged.</summary>
    internal static bool OneApart(string a, string b)
    {
        if (a.Length > b.Length)
            (a, b) = (b, a);
        if (b.Length - a.Length > 1 || a.Length == 0)
            return false;
        var same = 0;
        while (same < a.Length && a[same] == b[same])
            same++;
        if (a.Length < b.Length)
            return a.AsSpan(same).SequenceEqual(b.AsSpan(same + 1));
        if (same == a.Length)
            return true;
        return a.AsSpan(same + 1).SequenceEqual(b.AsSpan(same + 1))
            || (same + 1 < a.Length && a[same] == b[same + 1] && a[same + 1] == b[same] && a.AsSpan(same + 2).SequenceEqual(b.AsSpan(same + 2)));
    }
}
