using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;
using Platform.Patients.Contracts;
using Platform.Schools.Register;

namespace Platform.Schools.People;

internal enum LineFate
{
    /// <summary>She is there already.</summary>
    Unchanged,

    /// <summary>Known to the registry, new in the class.</summary>
    Added,

    /// <summary>A pupil of another class, or of another school, until now.</summary>
    Moved,

    /// <summary>New in the registry too.</summary>
    Entered,

    /// <summary>Two people are alike: somebody chooses.</summary>
    Choose,
    Refused,
}

/// <summary>What a school's list would change, row by row; and who is in its classes and not on it.</summary>
internal sealed class ListPlanner(SchoolsDb db, IMediator mediator)
{
    public async Task<ListPlan> Plan(ClassList list, IReadOnlyList<string?> fields, IReadOnlyDictionary<int, Guid?> choices, CancellationToken cancellation)
    {
        var ground = await Ground(list, cancellation);
        var lines = new List<PlannedLine>();
        var read = new List<ListedPerson>();
        foreach (var row in list.Rows.Rows)
        {
            string? wrong = row.Fault;
            if (row.Fault is null && ListedPerson.Read(row, fields, (_, reason) => wrong ??= reason) is { } person)
                read.Add(person);
            else
                lines.Add(new(row.Line, string.Join(' ', row.Cells.Take(2)), LineFate.Refused) { Reason = wrong, Arguments = [.. row.FaultArguments ?? []] });
        }

        var codes = read.Select(r => r.FiscalCode).OfType<string>().Distinct().ToList();
        var byCode = await mediator.Send(new PatientsByFiscalCodes(codes), cancellation);
        foreach (var row in read)
            lines.Add(await Whom(row, byCode, choices, ground, cancellation));
        await Follow(lines, cancellation);
        var leaving = list.AppliedAt is null ? await Leaving(lines, ground, list, cancellation) : [];
        return new([.. lines.OrderBy(l => l.Line)], leaving);
    }

    private async Task<PlannedLine> Whom(ListedPerson row, ILookup<string, PatientSummary> byCode, IReadOnlyDictionary<int, Guid?> choices, ListGround ground, CancellationToken cancellation)
    {
        var line = new PlannedLine(row.Line, row.Name, LineFate.Refused) { Row = row };
        if (ground.Place(row, out var school, out var of) is { } misplaced)
            return line with { Reason = misplaced.Reason, Arguments = misplaced.Arguments };
        line = line with { SchoolCode = school!.Code, ClassId = of?.Id, ClassName = of?.Name };
        var found = row.FiscalCode is { } code ? byCode[code].ToList() : [.. await mediator.Send(new PatientsByIdentity(null, row.FamilyName, row.GivenName, row.BirthDate), cancellation)];
        if (row.FiscalCode is not null && found is [var one] && SearchText.Of(one.FamilyName) != SearchText.Of(row.FamilyName))
            return line with { Reason = "Questo codice fiscale è di un’altra persona: lo ricontrolli." };
        if (found.Count > 1)
        {
            return choices.GetValueOrDefault(row.Line) is { } chosen && found.Find(p => p.Id == chosen) is { } hers
                ? line with { Fate = LineFate.Added, PatientId = hers.Id }
                : line with { Fate = LineFate.Choose, Candidates = [.. found.Select(p => new Candidate(p.Id, p.FamilyName, p.GivenName, p.BirthDate, p.FiscalCode))] };
        }

        if (found is [var known])
            return known.DiedOn is null ? line with { Fate = LineFate.Added, PatientId = known.Id } : line with { Reason = "Questa persona non è più in anagrafe." };
        return row.Residence is null ? line with { Reason = "Non è in anagrafe: per registrarla serve il comune di residenza." }
            : row.FiscalCode is null && row.Sex is null ? line with { Reason = "Non è in anagrafe e non ha codice fiscale: per registrarla serve anche il sesso." }
            : line with { Fate = LineFate.Entered };
    }

    // What each row changes, given who belongs where today; a person twice on the list is there once.
    private async Task Follow(List<PlannedLine> lines, CancellationToken cancellation)
    {
        var ids = lines.Select(l => l.PatientId).OfType<Guid>().Distinct().ToList();
        var today = (await db.Links.AsNoTracking().Where(l => ids.Contains(l.PatientId) && l.Until == null).ToListAsync(cancellation)).ToLookup(l => l.PatientId);
        var seen = new Dictionary<(string, string), PlannedLine>();
        for (var index = 0; index < lines.Count; index++)
        {
            if (lines[index] is not { Fate: LineFate.Added or LineFate.Entered, Row: { } row } line)
                continue;
            var place = row.Part == SchoolPart.Pupil ? "pupil" : $"{row.Part} {line.ClassId} {line.SchoolCode}";
            var key = line.PatientId?.ToString() ?? row.Key;
            if (seen.TryGetValue((key, place), out var first))
            {
                lines[index] = line with { Fate = LineFate.Refused, Reason = "Questa persona è già alla riga {0}.", Arguments = [$"{first.Line}"] };
                continue;
            }

            seen.Add((key, place), line);
            if (line.PatientId is not { } patient)
                continue;
            var same = today[patient].Where(l => l.Part == row.Part && l.ClassId == line.ClassId && l.SchoolCode == line.SchoolCode).ToList();
            var elsewhere = row.Part == SchoolPart.Pupil ? today[patient].Where(l => l.Part == SchoolPart.Pupil && l.ClassId != line.ClassId).Select(l => l.Id).ToList() : [];
            lines[index] = line with { Fate = elsewhere.Count > 0 ? LineFate.Moved : same.Count > 0 ? LineFate.Unchanged : LineFate.Added, Held = same.Count > 0, Ends = elsewhere };
        }
    }

    // A row that is refused or waits may be the very person: nobody of that name is taken for gone.
    private async Task<IReadOnlyList<LeavingPerson>> Leaving(List<PlannedLine> lines, ListGround ground, ClassList list, CancellationToken cancellation)
    {
        var classes = lines.Where(l => l.Row?.Part == SchoolPart.Pupil).Select(l => l.ClassId).OfType<Guid>().ToHashSet();
        var staffed = lines.Where(l => l.Row is { Part: not SchoolPart.Pupil }).Select(l => l.ClassId).OfType<Guid>().ToHashSet();
        var whole = lines.Any(l => l.Row is { Part: not SchoolPart.Pupil } && l.ClassId is null);
        var school = list.SchoolCode;
        var here = await db.Links.AsNoTracking().Where(l => l.Until == null
            && ((l.Part == SchoolPart.Pupil && l.ClassId != null && classes.Contains(l.ClassId.Value)) || (l.Part != SchoolPart.Pupil && l.ClassId != null && staffed.Contains(l.ClassId.Value))
                || (whole && l.ClassId == null && l.SchoolCode == school))).ToListAsync(cancellation);
        var listed = lines.Select(l => l.PatientId).OfType<Guid>().ToHashSet();
        here.RemoveAll(l => listed.Contains(l.PatientId) && lines.Exists(p => p.PatientId == l.PatientId && (p.ClassId == l.ClassId || p.Ends.Contains(l.Id))));
        var people = await mediator.Send(new PatientsByIds([.. here.Select(l => l.PatientId).Distinct()]), cancellation);
        var unsettled = lines.Where(l => l.PatientId is null).Select(l => SearchText.Of(l.Name)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. here.Where(l => people.ContainsKey(l.PatientId)).Select(l => (Link: l, Who: people[l.PatientId]))
                .Where(l => !unsettled.Contains(SearchText.Of($"{l.Who.FamilyName} {l.Who.GivenName}")))
                .Select(l => new LeavingPerson(l.Link.Id, l.Link.PatientId, l.Who.FamilyName, l.Who.GivenName, l.Link.Part, ground.NameOf(l.Link.ClassId)))
                .OrderBy(l => l.ClassName, StringComparer.Ordinal).ThenBy(l => l.FamilyName, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private async Task<ListGround> Ground(ClassList list, CancellationToken cancellation)
    {
        var institute = list.InstituteCode ?? list.SchoolCode;
        var schools = await db.Schools.AsNoTracking().Where(s => s.Code == list.SchoolCode || s.Code == institute || s.InstituteCode == institute).ToListAsync(cancellation);
        var codes = schools.ConvertAll(s => s.Code);
        var classes = await db.Classes.AsNoTracking().Where(c => codes.Contains(c.SchoolCode)).ToListAsync(cancellation);
        var newest = classes.GroupBy(c => c.SchoolCode).ToDictionary(g => g.Key, g => g.Max(c => c.Year));
        return new(schools.Find(s => s.Code == list.SchoolCode)!, schools, classes.FindAll(c => c.Year == newest[c.SchoolCode]));
    }
}

/// <summary>The schools and classes that a list may name.</summary>
internal sealed class ListGround(School own, IReadOnlyList<School> schools, IReadOnlyList<SchoolClass> classes)
{
    public string? NameOf(Guid? id) => classes.FirstOrDefault(c => c.Id == id)?.Name;

    /// <returns>What is wrong; null when the row's place is known.</returns>
    public (string Reason, object[] Arguments)? Place(ListedPerson row, out School? school, out SchoolClass? of)
    {
        (school, of) = (own, null);
        if (row.SchoolCode is { } code)
        {
            school = schools.FirstOrDefault(s => s.Code == code);
            if (school is null)
                return ("Nessun plesso di questa scuola ha il codice {0}.", [code]);
        }

        if (school.ClosedOn is not null)
            return ("La scuola {0} è chiusa.", [school.Code]);
        if (row.Class is not { } name)
            return null;
        var (site, seat) = (school.Code, row.SchoolCode is null && school.Level == SchoolLevel.Seat);
        var fitting = classes.Where(c => (seat || c.SchoolCode == site) && ListedPerson.ClassKey(c.Name) == name).ToList();
        if (fitting.Count > 1 && row.Course is { } course)
            fitting.RemoveAll(c => SearchText.Of(c.Course) != course);
        if (fitting.Count != 1)
        {
            return fitting.Count == 0 ? ("La classe {0} non c’è: la aggiunga alla scuola, o corregga la riga.", [name])
                : seat ? ("Più plessi hanno una {0}: aggiunga la colonna con il codice del plesso.", [name])
                : ("La scuola ha più di una {0}: aggiunga la colonna con l’indirizzo di studio.", [name]);
        }

        of = fitting[0];
        if (of.ClosedOn is not null)
            return ("La classe {0} è chiusa.", [name]);
        school = schools.First(s => s.Code == fitting[0].SchoolCode);
        return null;
    }
}
