using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Tables;

namespace Platform.Schools.Register;

/// <summary>The ministry's list of schools, of the state or paritarie: the columns of its open data («anagrafe delle scuole»). The same rows
/// again change nothing; an older year's take nothing back; a school that was closed and is named again is open.</summary>
internal sealed class SchoolsImport(SchoolsDb db, Region region) : StagedImport
{
    public static readonly TableLayout Layout = new(
        new("ANNOSCOLASTICO", true), new("REGIONE", false), new("CODICEISTITUTORIFERIMENTO", false), new("CODICESCUOLA", true, "codice_meccanografico"),
        new("DENOMINAZIONESCUOLA", true), new("INDIRIZZOSCUOLA", false), new("CAPSCUOLA", false), new("CODICECOMUNESCUOLA", true),
        new("DESCRIZIONETIPOLOGIAGRADOISTRUZIONESCUOLA", false), new("INDIRIZZOEMAILSCUOLA", false), new("INDIRIZZOPECSCUOLA", false),
        new("AREAGEOGRAFICA", false), new("PROVINCIA", false), new("DENOMINAZIONEISTITUTORIFERIMENTO", false), new("DESCRIZIONECOMUNE", false),
        new("DESCRIZIONECARATTERISTICASCUOLA", false), new("INDICAZIONESEDEDIRETTIVO", false), new("INDICAZIONESEDEOMNICOMPRENSIVO", false), new("SITOWEBSCUOLA", false));

    private const int FirstYear = 2010;
    private const int LastYear = 2100;

    private readonly Dictionary<string, Municipality> byBelfiore = region.Municipalities.ToDictionary(m => m.Belfiore, StringComparer.OrdinalIgnoreCase);

    public override string Name => "schools";

    public override IReadOnlyList<ImportCount> Counts { get; } =
        [new("Scuole nuove", "added"), new("Scuole cambiate", "changed"), new("Già a posto", "unchanged"), new("Di un’altra regione", "elsewhere")];

    public override int BatchSize => 500;

    public override TableLayout LayoutOf(string? format) => Layout;

    public override async Task<ImportOutcome> Bring(ImportSource source, IReadOnlyList<TableRow> rows, CancellationToken cancellation)
    {
        var faults = new List<RowFault>();
        var elsewhere = 0;
        var read = rows.Select(r => Read(r, faults, ref elsewhere)).OfType<School>().ToList();
        var codes = read.ConvertAll(s => s.Code);
        var known = await db.Schools.Where(s => codes.Contains(s.Code)).ToDictionaryAsync(s => s.Code, cancellation);
        var moved = new List<School>();
        var (added, changed, unchanged) = (0, 0, 0);
        foreach (var row in read)
        {
            if (!known.TryGetValue(row.Code, out var school))
            {
                db.Schools.Add(row);
                known.Add(row.Code, row);
                added++;
            }
            else if (row.Year >= school.Year && Take(school, row, moved))
            {
                changed++;
            }
            else
            {
                unchanged++;
            }
        }

        await Follow(moved, cancellation);
        return new([added, changed, unchanged, elsewhere], faults);
    }

    private static bool Take(School school, School row, List<School> moved)
    {
        if ((school.Name, school.Level, school.Private, school.InstituteCode, school.Address, school.PostalCode, school.MunicipalityIstat, school.AslCode, school.Email, school.Year, school.ClosedOn)
            == (row.Name, row.Level, row.Private, row.InstituteCode, row.Address, row.PostalCode, row.MunicipalityIstat, row.AslCode, row.Email, row.Year, null))
        {
            return false;
        }

        if ((school.InstituteCode, school.AslCode, school.MunicipalityIstat, school.Level) != (row.InstituteCode, row.AslCode, row.MunicipalityIstat, row.Level))
            moved.Add(school);
        (school.Name, school.Level, school.Private, school.InstituteCode, school.Address, school.PostalCode) = (row.Name, row.Level, row.Private, row.InstituteCode, row.Address, row.PostalCode);
        (school.MunicipalityIstat, school.AslCode, school.Email, school.Year, school.ClosedOn) = (row.MunicipalityIstat, row.AslCode, row.Email, row.Year, null);
        return true;
    }

    // Who may see a class and its people follows the school.
    private async Task Follow(List<School> moved, CancellationToken cancellation)
    {
        if (moved.Count == 0)
            return;
        var schools = moved.DistinctBy(s => s.Code).ToDictionary(s => s.Code);
        var codes = schools.Keys.ToList();
        foreach (var of in await db.Classes.Where(c => codes.Contains(c.SchoolCode)).ToListAsync(cancellation))
        {
            var school = schools[of.SchoolCode];
            (of.Level, of.InstituteCode, of.AslCode, of.MunicipalityIstat) = (school.Level, school.InstituteCode, school.AslCode, school.MunicipalityIstat);
        }

        foreach (var link in await db.Links.Where(l => codes.Contains(l.SchoolCode)).ToListAsync(cancellation))
            (link.InstituteCode, link.AslCode) = (schools[link.SchoolCode].InstituteCode, schools[link.SchoolCode].AslCode);
    }

    private School? Read(TableRow row, List<RowFault> faults, ref int elsewhere)
    {
        if (row.Fault is { } unreadable)
        {
            faults.Add(new(row.Line, "", unreadable, [.. row.FaultArguments ?? []]));
            return null;
        }

        var before = faults.Count;
        void Wrong(string column, string reason, params object[] arguments) => faults.Add(new(row.Line, column, reason, arguments));
        if (Field(row, "REGIONE") is { } named && SearchText.Of(named) != SearchText.Of(region.OpenDataName))
        {
            elsewhere++;
            return null;
        }

        var code = SchoolCode.Tidy(Field(row, "CODICESCUOLA"));
        if (!SchoolCode.IsOne(code))
            Wrong("CODICESCUOLA", "Il codice meccanografico ha due lettere della provincia, poi otto lettere o cifre.");
        var institute = SchoolCode.Tidy(Field(row, "CODICEISTITUTORIFERIMENTO"));
        if (institute.Length > 0 && !SchoolCode.IsOne(institute))
            Wrong("CODICEISTITUTORIFERIMENTO", "Il codice meccanografico ha due lettere della provincia, poi otto lettere o cifre.");
        var year = YearOf(Field(row, "ANNOSCOLASTICO"));
        if (year is null)
            Wrong("ANNOSCOLASTICO", "L’anno scolastico si scrive come 202122 oppure 2021/22.");
        var name = Field(row, "DENOMINAZIONESCUOLA");
        if (name is null)
            Wrong("DENOMINAZIONESCUOLA", "Campo obbligatorio.");
        var belfiore = Field(row, "CODICECOMUNESCUOLA") ?? "";
        if (!byBelfiore.TryGetValue(belfiore, out var municipality))
            Wrong("CODICECOMUNESCUOLA", "Nessun comune della regione ha questo codice catastale.");
        var description = Field(row, "DESCRIZIONETIPOLOGIAGRADOISTRUZIONESCUOLA");
        var level = SchoolCode.IsOne(code) ? SchoolLevels.Of(description, code) : SchoolLevel.Seat;
        if (level is null)
            Wrong("DESCRIZIONETIPOLOGIAGRADOISTRUZIONESCUOLA", "Né la descrizione né il codice dicono il grado della scuola.");
        if (faults.Count > before)
            return null;
        return new School
        {
            Code = code, Name = To(School.NameLength, name!), Level = level!.Value,
            Private = code[2] == '1' || SearchText.Of(description).Split(' ').Contains("NON"),
            InstituteCode = institute.Length > 0 && institute != code ? institute : null, Address = To(160, Field(row, "INDIRIZZOSCUOLA") ?? ""),
            PostalCode = Field(row, "CAPSCUOLA") is { Length: 5 } cap && cap.All(char.IsAsciiDigit) ? cap : municipality!.PostalCode,
            MunicipalityIstat = municipality!.Istat, AslCode = municipality.Asl, Email = Mail(row), Year = year!.Value,
        };
    }

    /// <summary>202122, 2021/22, 2021-2022.</summary>
    internal static int? YearOf(string? text)
    {
        var digits = string.Concat((text ?? "").Where(char.IsAsciiDigit));
        if (digits.Length is not (6 or 8) || !int.TryParse(digits[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < FirstYear or > LastYear)
            return null;
        var next = int.Parse(digits[4..], CultureInfo.InvariantCulture);
        return next == (digits.Length == 6 ? (year + 1) % 100 : year + 1) ? year : null;
    }

    // The ministry writes «Non Disponibile» where it has none.
    private static string? Mail(TableRow row) =>
        new[] { Field(row, "INDIRIZZOEMAILSCUOLA"), Field(row, "INDIRIZZOPECSCUOLA") }.FirstOrDefault(m => m is { Length: <= 120 } && m.Contains('@', StringComparison.Ordinal));

    private static string? Field(TableRow row, string column) => Layout.Text(row, column)?.Trim() is { Length: > 0 } text ? text : null;

    private static string To(int length, string text) => text.Length <= length ? text : text[..length];
}
