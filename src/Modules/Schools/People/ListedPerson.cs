using System.Globalization;
using System.Text;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;

namespace Platform.Schools.People;

/// <summary>A row of a list, as far as it can be read by itself.</summary>
[Shows(FieldClass.Identity, "FamilyName", "GivenName", "FiscalCode", "BirthDate", "Sex")]
[Shows(FieldClass.Address, "Residence")]
[Shows(FieldClass.Contacts, "Email", "Phone")]
[Shows(FieldClass.Work, "Line", "Part", "Class", "Course", "SchoolCode")]
internal sealed record ListedPerson(
    int Line, string FamilyName, string GivenName, string? FiscalCode, DateOnly? BirthDate, Sex? Sex, string? Residence, string? Email, string? Phone,
    SchoolPart Part, string? Class, string? Course, string? SchoolCode)
{
    private static readonly string[] Dates = ["dd/MM/yyyy", "d/M/yyyy", "yyyy-MM-dd", "dd-MM-yyyy", "dd.MM.yyyy"];

    private static readonly (string Word, SchoolPart Part)[] Parts =
    [
        ("ALUNN", SchoolPart.Pupil), ("STUDENT", SchoolPart.Pupil), ("PUPIL", SchoolPart.Pupil), ("BAMBIN", SchoolPart.Pupil),
        ("DOCENTE", SchoolPart.Teacher), ("INSEGNANTE", SchoolPart.Teacher), ("MAESTR", SchoolPart.Teacher), ("PROFESSOR", SchoolPart.Teacher), ("TEACHER", SchoolPart.Teacher),
        ("ATA", SchoolPart.Staff), ("COLLABORATOR", SchoolPart.Staff), ("AMMINISTRATIV", SchoolPart.Staff), ("TECNIC", SchoolPart.Staff), ("EDUCATOR", SchoolPart.Staff),
        ("MENSA", SchoolPart.Staff), ("PERSONALE", SchoolPart.Staff), ("STAFF", SchoolPart.Staff), ("ALTRO", SchoolPart.Staff), ("DSGA", SchoolPart.Staff), ("DIRIGENTE", SchoolPart.Staff),
    ];

    public string Name => $"{FamilyName} {GivenName}";

    /// <summary>By which two rows of a list are one person's.</summary>
    internal string Key => FiscalCode ?? $"{SearchText.Of(Name)} {BirthDate:yyyy-MM-dd}";

    /// <param name="wrong">Takes what is wrong: the field and an Italian sentence.</param>
    public static ListedPerson? Read(ListedRow row, IReadOnlyList<string?> fields, Action<string, string> wrong)
    {
        var bad = false;
        string? Cell(string field)
        {
            for (var index = 0; index < fields.Count; index++)
            {
                if (fields[index] == field)
                    return index < row.Cells.Count && row.Cells[index].Trim() is { Length: > 0 } text ? text : null;
            }

            return null;
        }

        void Wrong(string field, string reason)
        {
            bad = true;
            wrong(field, reason);
        }

        var (family, given) = (Cell(ListFields.FamilyName), Cell(ListFields.GivenName));
        if (family is null)
            Wrong(ListFields.FamilyName, "Manca il cognome.");
        if (given is null)
            Wrong(ListFields.GivenName, "Manca il nome.");
        DateOnly? born = null;
        if (Cell(ListFields.BirthDate) is { } date)
        {
            if (DateOnly.TryParseExact(date.Split(' ')[0], Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                born = day;
            else
                Wrong(ListFields.BirthDate, "La data va scritta come 30/11/2010.");
        }

        var code = PersonCode.Tidy(Cell(ListFields.FiscalCode));
        if (code.Length > 0 && PersonCode.KindOf(code) is null)
            Wrong(ListFields.FiscalCode, "Il codice fiscale ha 16 caratteri.");
        if (code.Length == 0 && born is null)
            Wrong(ListFields.FiscalCode, "Serve il codice fiscale o, se non c’è, la data di nascita.");
        Sex? sex = Cell(ListFields.Sex)?.ToUpperInvariant() switch { null => null, ['M', ..] => Patients.Contracts.FiscalCodes.Sex.Male, ['F', ..] => Patients.Contracts.FiscalCodes.Sex.Female, _ => null };
        var part = SchoolPart.Pupil;
        if (SearchText.Of(Cell(ListFields.Part)) is { Length: > 0 } word)
        {
            if (Parts.FirstOrDefault(p => word.StartsWith(p.Word, StringComparison.Ordinal)) is { Word: not null } known)
                part = known.Part;
            else
                Wrong(ListFields.Part, "Il ruolo è alunno, docente o personale.");
        }

        var of = Cell(ListFields.Class) ?? (Cell(ListFields.Grade) is { } grade ? grade + (Cell(ListFields.Section) ?? "") : null);
        if (of is null && part == SchoolPart.Pupil)
            Wrong(ListFields.Class, "Manca la classe.");
        return bad ? null : new(
            row.Line, family!, given!, code.Length > 0 ? code : null, born, sex, Cell(ListFields.Residence), Cell(ListFields.Email), Cell(ListFields.Phone),
            part, of is null ? null : ClassKey(of), SearchText.Of(Cell(ListFields.Course)) is { Length: > 0 } course ? course : null,
            BuildingBlocks.Regions.SchoolCode.Tidy(Cell(ListFields.School)) is { Length: > 0 } school ? school : null);
    }

    /// <summary>«2ªB», «2^ B», «II B», «2 sez. B» are all the 2B.</summary>
    internal static string ClassKey(string text)
    {
        var folded = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormD).ToUpperInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
                folded.Append(c);
            else if (folded.Length > 0 && folded[^1] != ' ')
                folded.Append(' ');
        }

        var words = folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => w is not ("SEZ" or "SEZIONE" or "CLASSE")).ToList();
        if (words.Count > 1 && Romans.IndexOf(words[0]) is var roman and >= 0)
            words[0] = (roman + 1).ToString(CultureInfo.InvariantCulture);
        return string.Concat(words);
    }

    private static readonly List<string> Romans = ["I", "II", "III", "IV", "V"];
}
