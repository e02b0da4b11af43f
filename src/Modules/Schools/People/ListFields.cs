using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Tables;

namespace Platform.Schools.People;

/// <summary>The columns that a school's list may have, by the names that secretaries' programs give them.</summary>
internal static class ListFields
{
    public const string FamilyName = "family_name";
    public const string GivenName = "given_name";
    public const string FiscalCode = "fiscal_code";
    public const string BirthDate = "birth_date";
    public const string Sex = "sex";
    public const string Residence = "residence";
    public const string Email = "email";
    public const string Phone = "phone";
    public const string Class = "class";
    public const string Grade = "grade";
    public const string Section = "section";
    public const string Course = "course";
    public const string Part = "part";
    public const string School = "school";

    /// <summary>Title (Italian, the key of its translation) and names of each.</summary>
    public static readonly IReadOnlyList<(TableField Field, string Title)> All =
    [
        (new(FamilyName, false, "cognome", "cognome_alunno", "surname", "last_name"), "Cognome"),
        (new(GivenName, false, "nome", "nome_alunno", "name", "first_name"), "Nome"),
        (new(FiscalCode, false, "codice_fiscale", "cod_fiscale", "cf", "cod_fisc"), "Codice fiscale"),
        (new(BirthDate, false, "data_nascita", "data_di_nascita", "nato_il", "nascita"), "Data di nascita"),
        (new(Sex, false, "sesso", "genere"), "Sesso"),
        (new(Residence, false, "comune_residenza", "comune_di_residenza", "residenza", "comune"), "Comune di residenza"),
        (new(Email, false, "mail", "e_mail", "posta_elettronica", "email_genitore"), "E-mail"),
        (new(Phone, false, "telefono", "cellulare", "tel"), "Telefono"),
        (new(Class, false, "classe", "classe_sezione"), "Classe, con la sezione"),
        (new(Grade, false, "anno_corso", "anno", "annocorso", "anno_di_corso"), "Anno di corso"),
        (new(Section, false, "sezione", "sezioneanno", "sez"), "Sezione"),
        (new(Course, false, "combinazione", "corso", "indirizzo_di_studio", "indirizzo_studio"), "Indirizzo di studio"),
        (new(Part, false, "ruolo", "tipo", "qualifica", "profilo"), "Ruolo: alunno, docente o altro personale"),
        (new(School, false, "codice_scuola", "codicescuola", "plesso", "codice_meccanografico", "codice_plesso"), "Codice del plesso"),
    ];

    private static readonly TableLayout Layout = new([.. All.Select(f => f.Field)]);

    public static bool Exists(string? name) => All.Any(f => f.Field.Name == name);

    /// <returns>Null for a column that no name of ours tells.</returns>
    public static string? Recognise(string header) => Layout.Recognise(header) is var index and >= 0 ? All[index].Field.Name : null;

    /// <summary>In which form a header is remembered.</summary>
    public static string Key(string header) => SearchText.Of(header) is { Length: > ColumnMatch.HeaderLength } text ? text[..ColumnMatch.HeaderLength] : SearchText.Of(header);
}
