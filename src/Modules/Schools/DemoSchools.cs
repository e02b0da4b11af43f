using System.Globalization;
using System.Text;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Tables;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Schools.People;
using Platform.Schools.Register;

namespace Platform.Schools;

/// <summary>The demonstration's institutes with their sites, classes, pupils and teachers: through the files that the ministry and the schools hand in.
/// Children of the registry first, others made up where a class has too few.</summary>
internal sealed class DemoSchools(SchoolsDb db, IMediator mediator, ImportRun imports, Region region, TimeProvider clock) : IDemoSeed
{
    private const int LargeClass = 20;
    private const int SmallClass = 8;
    private const int Teachers = 6;

    // With fewer people a demonstration keeps to them: nobody is made up.
    private const int PeopleToFill = 200;

    private static readonly (string Type, string Description, string Name, int Grades, int FirstAge)[] Sites =
    [
        ("AA", "SCUOLA INFANZIA", "Scuola dell’infanzia", 3, 3), ("EE", "SCUOLA PRIMARIA", "Scuola primaria", 5, 6), ("MM", "SCUOLA SECONDARIA DI PRIMO GRADO", "Scuola media", 3, 11),
    ];

    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly Dictionary<int, IReadOnlyList<PatientSummary>> born = [];

    public int Order => 35;

    public string Title => "Schools";

    private bool Fills => region.DemoPeople >= PeopleToFill;

    public async Task Seed(IProgress<string> said, CancellationToken cancellation)
    {
        if (await db.Schools.AnyAsync(cancellation))
        {
            said.Report("already there");
            return;
        }

        var institutes = region.Facilities.Where(f => f.Kind == FacilityKind.School).OrderByDescending(f => f.Asl == "010301").ToList();
        var year = SchoolYear.Of(region.DayOf(clock.GetUtcNow()));
        await imports.Bring<SchoolsImport>(ImportSource.CommandLine, Rows(institutes.SelectMany(i => SchoolRows(i, year))), Check, cancellation);
        await imports.Bring<ClassesImport>(ImportSource.CommandLine, Rows(institutes.SelectMany(i => ClassRows(i, year))), Check, cancellation);
        var people = 0;
        foreach (var (institute, index) in institutes.Select((f, i) => (f, i)))
            people += await Lists(institute, index, year, cancellation);
        said.Report($"{institutes.Count} institutes, {await db.Classes.CountAsync(cancellation)} classes, {people} people in them");
    }

    private static string CodeOf(Facility institute, string type) => institute.Code[..2] + type + institute.Code[4..];

    private IEnumerable<string[]> SchoolRows(Facility institute, int year)
    {
        var town = region.FindMunicipality(institute.MunicipalityIstat)!;
        string[] Row(string code, string name, string description) => SchoolCells(
            ("ANNOSCOLASTICO", $"{year}{(year + 1) % 100:00}"), ("CODICEISTITUTORIFERIMENTO", institute.Code), ("CODICESCUOLA", code), ("DENOMINAZIONESCUOLA", name), ("INDIRIZZOSCUOLA", institute.Address),
            ("CAPSCUOLA", town.PostalCode), ("CODICECOMUNESCUOLA", town.Belfiore), ("DESCRIZIONETIPOLOGIAGRADOISTRUZIONESCUOLA", description));
        yield return Row(institute.Code, institute.Name, "ISTITUTO COMPRENSIVO");
        foreach (var (type, description, name, _, _) in Sites)
            yield return Row(CodeOf(institute, type), $"{name} – {institute.Name}", description);
    }

    private static string[] SchoolCells(params (string Column, string Text)[] cells)
    {
        var row = new string[SchoolsImport.Layout.Fields.Count];
        Array.Fill(row, "");
        foreach (var (column, text) in cells)
            row[SchoolsImport.Layout.IndexOf(column)] = text;
        return row;
    }

    private static IEnumerable<string[]> ClassRows(Facility institute, int year) =>
        from site in Sites
        from grade in Enumerable.Range(1, site.Grades)
        from section in new[] { "A", "B" }
        select new[] { CodeOf(institute, site.Type), site.Type, grade.ToString(CultureInfo.InvariantCulture), section, "", $"{year}{(year + 1) % 100:00}" };

    // The first institute has all its classes filled, the others one a site.
    private async Task<int> Lists(Facility institute, int index, int year, CancellationToken cancellation)
    {
        var town = region.FindMunicipality(institute.MunicipalityIstat)!;
        var (lines, made) = (new StringBuilder("Cognome;Nome;Codice fiscale;Comune di residenza;Ruolo;Classe;Codice plesso\n"), 0);
        void Line(string family, string given, string code, string part, string of, string site)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{family};{given};{code};{town.Istat};{part};{of};{site}\n");
            made++;
        }

        foreach (var site in Sites)
        {
            var code = CodeOf(institute, site.Type);
            for (var grade = 1; grade <= (index == 0 ? site.Grades : 1); grade++)
            {
                var birthYear = year - site.FirstAge - grade + 1;
                var size = index == 0 ? LargeClass : SmallClass;
                var children = (await Born(birthYear, town, cancellation)).Take(size).ToList();
                foreach (var child in children)
                {
                    used.Add(child.FiscalCode!);
                    Line(child.FamilyName, child.GivenName, child.FiscalCode!, "alunno", $"{grade}A", code);
                }

                for (var seat = children.Count; Fills && seat < size; seat++)
                {
                    var (family, given, cf) = MadeUp(index * 1000 + made, new DateOnly(birthYear, 1 + seat % 12, 1 + made % 28));
                    Line(family, given, cf, "alunno", $"{grade}A", code);
                }
            }

            for (var teacher = 0; Fills && index == 0 && teacher < Teachers / Sites.Length; teacher++)
            {
                var (family, given, cf) = MadeUp(index * 1000 + made, new DateOnly(1970 + made % 20, 1 + made % 12, 1 + made % 28));
                Line(family, given, cf, "docente", "1A", code);
                Line(family, given, cf, "docente", "2A", code);
            }
        }

        if (made == 0)
            return 0;
        var file = Encoding.UTF8.GetBytes(lines.ToString());
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await mediator.Send(new HandInList { Id = id, SchoolCode = institute.Code, File = new FormFile(new MemoryStream(file), 0, file.Length, "File", "elenco.csv") }, cancellation);
        var done = await mediator.Send(new ApplyList { Id = id, From = SchoolYear.Begin(year) }, cancellation);
        return done.Added;
    }

    private async Task<IEnumerable<PatientSummary>> Born(int year, Municipality town, CancellationToken cancellation)
    {
        if (!born.TryGetValue(year, out var children))
        {
            var first = new DateOnly(year, 1, 1);
            children = await mediator.Send(new PatientsBornOn([.. Enumerable.Range(0, first.AddYears(1).DayNumber - first.DayNumber).Select(first.AddDays)]), cancellation);
            born.Add(year, children);
        }

        return children.Where(c => c.FiscalCode is not null && c.DiedOn is null && c.AslCode == town.Asl && !used.Contains(c.FiscalCode)).OrderByDescending(c => c.ResidenceIstat == town.Istat).ThenBy(c => c.FiscalCode, StringComparer.Ordinal);
    }

    private (string Family, string Given, string Code) MadeUp(int seed, DateOnly born)
    {
        for (var more = 0; ; more++)
        {
            var families = region.Names.Where(n => n.Kind == NameKind.Family).ToList();
            var female = (seed + more) % 2 == 0;
            var given = region.Names.Where(n => n.Kind == (female ? NameKind.GivenFemale : NameKind.GivenMale)).ToList();
            var (family, name) = (families[(seed * 7 + more) % families.Count].Name, given[(seed * 3 + more) % given.Count].Name);
            var code = FiscalCode.Compute(family, name, female ? Sex.Female : Sex.Male, born, "L219");
            if (used.Add(code))
                return (family, name, code);
        }
    }

    private static async IAsyncEnumerable<TableRow> Rows(IEnumerable<string[]> rows)
    {
        var line = 2;
        foreach (var cells in rows)
            yield return new(line++, cells);
        await Task.CompletedTask;
    }

    // A line of the demonstration that is refused is a fault of the region pack or of this code.
    private static ValueTask Check(IReadOnlyList<TableRow> rows, ImportOutcome outcome) => outcome.Faults is [var fault, ..]
        ? throw new InvalidOperationException($"The demonstration's school line {fault.Line} was refused: {fault.Column}, {fault.Reason}") : ValueTask.CompletedTask;
}
