using System.Globalization;
using System.Text.RegularExpressions;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.FiscalCodes;
using Platform.Patients.Identities;

namespace Platform.Patients.People;

/// <summary>What somebody declares about a person; whatever the codice fiscale says may be left out.</summary>
/// <param name="FiscalCode">Or STP, ENI, the tax office's eleven digits; null when no code is known yet.</param>
/// <param name="IssuedOn">Of an STP or ENI: its validity begins then.</param>
internal sealed record Declared(
    string? FiscalCode, string? FamilyName, string? GivenName, Sex? Sex, DateOnly? BirthDate, string? BirthPlace, DateOnly? IssuedOn = null);

/// <summary>What is declared of residence and contacts.</summary>
/// <param name="Residence">ISTAT code, or the municipality's name.</param>
/// <param name="Domicile">The same, where she lives in fact if elsewhere.</param>
internal sealed record DeclaredContacts(string? Residence, string? Address, string? Email, string? Phone, string? Domicile = null);

/// <param name="Field">Name of the declared property.</param>
/// <param name="Reason">In the reader's language.</param>
internal sealed record Misfit(string Field, string Reason);

/// <summary>Reads what was declared of a person, on a screen as in a file: the one place that says what is wrong with it.</summary>
internal sealed partial class PersonCheck(IBirthPlaces places, PlaceNames names, Region region, TimeProvider clock, Texts texts)
{
    private const int Oldest = 130;

    private readonly ILookup<string, Municipality> byName = region.Municipalities.ToLookup(m => SearchText.Of(m.Name));

    /// <returns>The person, or what is wrong: never both.</returns>
    public (Person? Person, IReadOnlyList<Misfit> Wrong) Identity(Declared declared)
    {
        var wrong = new List<Misfit>();
        var today = region.DayOf(clock.GetUtcNow());
        var family = Name(declared.FamilyName, nameof(declared.FamilyName), wrong);
        var given = Name(declared.GivenName, nameof(declared.GivenName), wrong);

        FiscalCodeReading? reading = null;
        var other = OtherCodeOf(declared, today, wrong);
        if (other is null && !string.IsNullOrWhiteSpace(declared.FiscalCode) && !wrong.Exists(w => w.Field is nameof(declared.FiscalCode) or nameof(declared.IssuedOn)))
        {
            reading = FiscalCode.Read(declared.FiscalCode, places, today);
            if (!reading.Valid)
                wrong.Add(new(nameof(declared.FiscalCode), reading.Describe(CultureInfo.CurrentUICulture)));
        }

        string? placeCode = null;
        if (!string.IsNullOrWhiteSpace(declared.BirthPlace))
        {
            var found = names.Called(declared.BirthPlace, declared.BirthDate ?? reading?.BirthDate);
            if (found.Count > 1 && reading?.BirthPlace is { } coded)
                found = [.. found.Where(p => p.Code == coded.Code)];
            if (found.Count == 1)
                placeCode = found[0].Code;
            else
                wrong.Add(new(nameof(declared.BirthPlace), found.Count == 0
                    ? texts["Nessun comune e nessuno Stato si chiama così: scriva il nome per intero o il codice catastale."]
                    : texts["Più luoghi si chiamano così: aggiunga la provincia tra parentesi, o scriva il codice catastale."]));
        }

        if (declared.BirthDate is { } born && (born > today || born < today.AddYears(-Oldest)))
            wrong.Add(new(nameof(declared.BirthDate), texts["La data di nascita non è possibile: {0}.", Words.Day(born)]));

        if (reading is null)
        {
            if (declared.Sex is null)
                wrong.Add(new(nameof(declared.Sex), texts["Senza codice fiscale serve il sesso."]));
            if (declared.BirthDate is null)
                wrong.Add(new(nameof(declared.BirthDate), texts["Senza codice fiscale serve la data di nascita."]));
        }

        if (reading is { Valid: true } && family is not null && given is not null)
        {
            foreach (var part in FiscalCode.Compare(
                reading, family, given, declared.Sex ?? reading.Sex!.Value, declared.BirthDate ?? reading.BirthDate!.Value, placeCode))
            {
                wrong.Add(Disagreement(part, reading));
            }
        }

        if (placeCode is not null && reading is null && declared.BirthDate is { } day && !places.Find(placeCode)!.ExistedOn(day))
            wrong.Add(new(nameof(declared.BirthPlace), texts["Il luogo di nascita non esisteva il {0}.", Words.Day(day)]));

        return wrong.Count > 0
            ? (null, wrong)
            : (new(reading?.Code, family!, given!, declared.Sex ?? reading!.Sex!.Value, declared.BirthDate ?? reading!.BirthDate!.Value,
                placeCode ?? reading?.BirthPlace?.Code, other), []);
    }

    /// <returns>The code that is no codice fiscale, if it is one and all is well with it.</returns>
    private OtherCode? OtherCodeOf(Declared declared, DateOnly today, List<Misfit> wrong)
    {
        const string field = nameof(declared.FiscalCode);
        var code = PersonCode.Tidy(declared.FiscalCode);
        switch (PersonCode.KindOf(code))
        {
            case { } kind and (IdentityKind.Stp or IdentityKind.Eni):
                if (declared.IssuedOn is not { } issued)
                    wrong.Add(new(nameof(declared.IssuedOn), texts["Per un codice STP o ENI serve il giorno di rilascio o di rinnovo."]));
                else if (issued > today || issued < declared.BirthDate)
                    wrong.Add(new(nameof(declared.IssuedOn), texts["Il rilascio non può essere nel futuro né prima della nascita."]));
                else
                    return new(kind, code, issued);
                return null;
            case IdentityKind.NumericCode when FiscalCode.Read(code, places, today).Reason == FiscalCodeFault.NumericCode:
                return new(IdentityKind.NumericCode, code, declared.IssuedOn ?? today);
            case IdentityKind.Provisional:
                wrong.Add(new(field, texts["Il codice provvisorio lo dà la piattaforma: lasci vuoto il campo."]));
                return null;
            case null when code.StartsWith("STP", StringComparison.Ordinal) || code.StartsWith("ENI", StringComparison.Ordinal):
                wrong.Add(new(field, texts["Un codice STP o ENI è fatto di queste tre lettere e di 13 cifre."]));
                return null;
            default:
                return null;
        }
    }

    /// <returns>The contacts, or what is wrong: never both.</returns>
    public (Contacts? Contacts, IReadOnlyList<Misfit> Wrong) Reach(DeclaredContacts declared)
    {
        var wrong = new List<Misfit>();
        var residence = Municipality(declared.Residence, nameof(declared.Residence), wrong);
        var domicile = Words.Tidy(declared.Domicile) is null ? null : Municipality(declared.Domicile, nameof(declared.Domicile), wrong);
        var address = Words.Tidy(declared.Address);
        if (address is { Length: > Patient.AddressLength })
            wrong.Add(new(nameof(declared.Address), texts["Al massimo {0} caratteri.", Patient.AddressLength]));
        var email = Words.Tidy(declared.Email);
        if (email is not null && (email.Length > Patient.EmailLength || !Email().IsMatch(email)))
            wrong.Add(new(nameof(declared.Email), texts["Non è un indirizzo di posta elettronica."]));
        var phone = Words.Tidy(declared.Phone);
        if (phone is not null && (phone.Length > Patient.PhoneLength || !Phone().IsMatch(phone)))
            wrong.Add(new(nameof(declared.Phone), texts["Non è un numero di telefono: cifre e spazi, con il + davanti al prefisso internazionale."]));
        return wrong.Count > 0 ? (null, wrong) : (new(
            residence!.Istat, residence.Asl, address, email, phone, domicile?.Istat, domicile?.Asl), []);
    }

    private Municipality? Municipality(string? text, string field, List<Misfit> wrong)
    {
        if (Words.Tidy(text) is not { } written)
        {
            wrong.Add(new(field, texts["Manca il comune di residenza."]));
            return null;
        }

        if (region.FindMunicipality(written) is { } coded)
            return coded;
        var name = written;
        string? province = null;
        if (written is [.., ' ', '(', var first, var second, ')'])
            (name, province) = (written[..^5], $"{first}{second}".ToUpperInvariant());
        var found = byName[SearchText.Of(name)].Where(m => province is null || m.Province == province).ToList();
        if (found.Count == 1)
            return found[0];
        wrong.Add(new(field, found.Count == 0
            ? texts["Non è un comune della regione: scriva il nome per intero o il codice ISTAT di sei cifre."]
            : texts["Più luoghi si chiamano così: aggiunga la provincia tra parentesi, o scriva il codice catastale."]));
        return null;
    }

    private string? Name(string? text, string field, List<Misfit> wrong)
    {
        var name = Words.Tidy(text);
        if (name is null)
            wrong.Add(new(field, texts["Campo obbligatorio."]));
        else if (name.Length > Patient.NameLength)
            wrong.Add(new(field, texts["Al massimo {0} caratteri.", Patient.NameLength]));
        else if (!NameShape().IsMatch(name))
            wrong.Add(new(field, texts["Un nome ha solo lettere, spazi, apostrofi, punti e trattini."]));
        else
            return name;
        return null;
    }

    private Misfit Disagreement(FiscalCodeMismatch part, FiscalCodeReading reading) => part switch
    {
        FiscalCodeMismatch.FamilyName => new(nameof(Declared.FamilyName),
            texts["Il cognome non concorda con il codice fiscale, che comincia per «{0}».", reading.Code[..3]]),
        FiscalCodeMismatch.GivenName => new(nameof(Declared.GivenName),
            texts["Il nome non concorda con il codice fiscale, che ha «{0}» in posizione 4-6.", reading.Code[3..6]]),
        FiscalCodeMismatch.Sex => new(nameof(Declared.Sex), reading.Sex == Sex.Female
            ? texts["Il sesso non concorda con il codice fiscale, che è di una donna."]
            : texts["Il sesso non concorda con il codice fiscale, che è di un uomo."]),
        FiscalCodeMismatch.BirthDate => new(nameof(Declared.BirthDate),
            texts["La data di nascita non concorda con il codice fiscale, che dice {0}.", Words.Day(reading.BirthDate!.Value)]),
        _ => new(nameof(Declared.BirthPlace),
            texts["Il luogo di nascita non concorda con il codice fiscale, che dice {0}.", names.Show(reading.BirthPlace!.Code)]),
    };

    [GeneratedRegex(@"^[\p{L}][\p{L}\p{M} .'’`-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex NameShape();

    [GeneratedRegex(@"^[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Email();

    [GeneratedRegex(@"^\+?[0-9][0-9 ./-]{4,}$", RegexOptions.CultureInvariant)]
    private static partial Regex Phone();
}
