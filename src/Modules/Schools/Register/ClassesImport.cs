using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Tables;

namespace Platform.Schools.Register;

/// <summary>Classes with their sections, in the columns of the ministry's open data. Where no school year is said they are of the year of their
/// school's register. The same rows again change nothing.</summary>
internal sealed class ClassesImport(SchoolsDb db) : StagedImport
{
    public static readonly TableLayout Layout = new(
        new("CODICESCUOLA", true, "codice_meccanografico"), new("TIPOGRADOSCUOLA", false), new("ANNOCORSO", true), new("SEZIONEANNO", true),
        new("COMBINAZIONE", false), new("ANNOSCOLASTICO", false));

    public override string Name => "classes";

    public override IReadOnlyList<ImportCount> Counts { get; } = [new("Classi nuove", "added"), new("Classi riaperte", "reopened"), new("Già a posto", "unchanged")];

    public override int BatchSize => 1000;

    public override TableLayout LayoutOf(string? format) => Layout;

    public override async Task<ImportOutcome> Bring(ImportSource source, IReadOnlyList<TableRow> rows, CancellationToken cancellation)
    {
        var faults = new List<RowFault>();
        var read = rows.Where(r => Readable(r, faults)).ToList();
        var codes = read.Select(r => SchoolCode(r)).Distinct().ToList();
        var schools = await db.Schools.AsNoTracking().Where(s => codes.Contains(s.Code)).ToDictionaryAsync(s => s.Code, cancellation);
        var known = (await db.Classes.Where(c => codes.Contains(c.SchoolCode)).ToListAsync(cancellation)).ToDictionary(c => c.Id);
        var (added, reopened, unchanged) = (0, 0, 0);
        foreach (var row in read)
        {
            if (schools.GetValueOrDefault(SchoolCode(row)) is not { } school)
            {
                faults.Add(new(row.Line, "CODICESCUOLA", "Nessuna scuola ha questo codice: importi prima l’elenco delle scuole."));
                continue;
            }

            if (Read(row, school, faults) is not { } of)
                continue;
            if (!known.TryGetValue(of.Id, out var present))
            {
                db.Classes.Add(of);
                known.Add(of.Id, of);
                added++;
            }
            else if (present.ClosedOn is not null)
            {
                present.ClosedOn = null;
                reopened++;
            }
            else
            {
                unchanged++;
            }
        }

        return new([added, reopened, unchanged], faults);
    }

    /// <summary>Follows from what the class is: the same class is the same row, whatever file it comes in.</summary>
    internal static SchoolClass Of(School school, int year, int grade, string section, string course) => new()
    {
        Id = StableId.Of(Guid.Empty, $"class {school.Code} {year} {grade} {section} {course}"), SchoolCode = school.Code, Year = year, Grade = grade, Section = section, Course = course,
        Level = school.Level, InstituteCode = school.InstituteCode, AslCode = school.AslCode, MunicipalityIstat = school.MunicipalityIstat,
    };

    private static string SchoolCode(TableRow row) => BuildingBlocks.Regions.SchoolCode.Tidy(Layout.Text(row, "CODICESCUOLA"));

    private static bool Readable(TableRow row, List<RowFault> faults)
    {
        if (row.Fault is { } unreadable)
            faults.Add(new(row.Line, "", unreadable, [.. row.FaultArguments ?? []]));
        return row.Fault is null;
    }

    private static SchoolClass? Read(TableRow row, School school, List<RowFault> faults)
    {
        var before = faults.Count;
        void Wrong(string column, string reason, params object[] arguments) => faults.Add(new(row.Line, column, reason, arguments));
        if (school.ClosedOn is { } closed)
            Wrong("CODICESCUOLA", "La scuola è chiusa dal {0}.", closed);
        else if (school.Level == SchoolLevel.Seat)
            Wrong("CODICESCUOLA", "Questo codice è della sede di un istituto: le classi sono dei suoi plessi.");
        if (!int.TryParse(Layout.Text(row, "ANNOCORSO"), NumberStyles.None, CultureInfo.InvariantCulture, out var grade) || grade < 1 || grade > school.Level.LastGrade())
            Wrong("ANNOCORSO", "L’anno di corso va da 1 a {0}.", school.Level.LastGrade());
        var section = Layout.Text(row, "SEZIONEANNO")?.Trim().ToUpperInvariant() ?? "";
        if (section.Length is 0 or > SchoolClass.SectionLength)
            Wrong("SEZIONEANNO", "La sezione ha da 1 a {0} caratteri.", SchoolClass.SectionLength);
        var course = Layout.Text(row, "COMBINAZIONE")?.Trim() ?? "";
        if (course.Length > SchoolClass.CourseLength)
            Wrong("COMBINAZIONE", "Al massimo {0} caratteri.", SchoolClass.CourseLength);
        var written = Layout.Text(row, "ANNOSCOLASTICO");
        var year = written is null ? school.Year : SchoolsImport.YearOf(written);
        if (year is null)
            Wrong("ANNOSCOLASTICO", "L’anno scolastico si scrive come 202122 oppure 2021/22.");
        return faults.Count > before ? null : Of(school, year!.Value, grade, section, course);
    }
}
