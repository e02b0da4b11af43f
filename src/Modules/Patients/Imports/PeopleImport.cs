using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Tables;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Doctors;
using Platform.Patients.Facts;
using Platform.Patients.GpLists;
using Platform.Patients.People;

namespace Platform.Patients.Imports;

/// <summary>Brings some hundreds of lines into the registry, in one transaction: new people are registered, known ones
/// brought up to date, and each line that is wrong is told with its reason while the others go in. The same lines
/// again change nothing.</summary>
internal sealed class PeopleImport(PeopleBatch batch) : StagedImport
{
    /// <summary>See docs/import-people.md.</summary>
    public static readonly TableLayout Layout = new(
        new("fiscal_code", false, "codice_fiscale", "cod_fiscale", "cf", "codice_fiscale_stp_o_eni"),
        new("family_name", true, "cognome", "surname", "last_name"),
        new("given_name", true, "nome", "first_name", "name"),
        new("sex", false, "sesso", "genere", "gender"),
        new("birth_date", false, "data_di_nascita", "data_nascita", "nato_il", "date_of_birth"),
        new("birth_place", false, "luogo_di_nascita", "comune_di_nascita", "luogo_nascita", "place_of_birth"),
        new("residence_istat", true, "comune_di_residenza", "residenza", "istat_residenza", "codice_istat_residenza", "residence"),
        new("address", false, "indirizzo"),
        new("email", false, "posta_elettronica", "mail"),
        new("phone", false, "telefono", "cellulare", "tel", "mobile"),
        new("gp_code", false, "codice_medico", "medico", "codice_regionale_medico", "gp"),
        new("gp_from", false, "medico_dal", "inizio_validità", "dal"),
        new("code_issued_on", false, "rilasciato_il", "data_rilascio_codice"),
        new("domicile_istat", false, "comune_di_domicilio", "domicilio", "istat_domicilio", "domicile"));

    public override string Name => "people";
    public override IReadOnlyList<ImportCount> Counts => BatchOutcome.Counts;
    public override int BatchSize => 500;

    public override TableLayout LayoutOf(string? format) => Layout;

    public override async Task<ImportOutcome> Bring(ImportSource source, IReadOnlyList<TableRow> rows, CancellationToken cancellation) =>
        (await batch.Apply(rows, cancellation)).AsOutcome();
}

/// <summary>The work of <see cref="PeopleImport"/> without its save.</summary>
internal sealed class PeopleBatch(PatientsDb db, PersonCheck check, Story story, Texts texts, Region region, TimeProvider clock)
{
    private readonly Dictionary<string, Patient> byCode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Doctor> doctors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> onList = new(StringComparer.Ordinal);
    private ILookup<(DateOnly, string, string), Patient> byName = Enumerable.Empty<Patient>().ToLookup(KeyOf);
    private readonly List<Patient> added = [];

    public async Task<BatchOutcome> Apply(IReadOnlyList<TableRow> rows, CancellationToken cancellation)
    {
        var faults = new List<RowFault>();
        var read = new List<Read>(rows.Count);
        foreach (var row in rows)
        {
            if (row.Fault is { } unreadable)
                faults.Add(new(row.Line, "", texts[unreadable, [.. row.FaultArguments ?? []]]));
            else if (ReadRow(row, faults) is { } good)
                read.Add(good);
        }

        await Look(read, cancellation);
        int changed = 0, unchanged = 0;
        foreach (var row in read)
        {
            if (row.GpCode is { } code && !doctors.ContainsKey(code))
            {
                faults.Add(new(row.Line, "gp_code", texts["Nessun medico ha questo codice regionale."]));
                continue;
            }

            try
            {
                if (!Known(row, out var patient))
                    Enter(row);
                else if (Update(patient!, row))
                    changed++;
                else
                    unchanged++;
            }
            catch (Refusal refusal)
            {
                faults.Add(new(row.Line, refusal.Code == "same-name" ? "fiscal_code" : refusal.Code is "before-birth" or "later-doctor" ? "gp_from" : "gp_code",
                    texts[refusal.Message, refusal.Arguments!]));
            }
        }

        return new(added.Count, changed, unchanged, faults);
    }

    /// <param name="GpFrom">Null when the line does not say.</param>
    private sealed record Read(int Line, Person Person, Contacts Contacts, string? GpCode, DateOnly? GpFrom);

    private Read? ReadRow(TableRow row, List<RowFault> faults)
    {
        var before = faults.Count;
        string? Field(string column) => PeopleImport.Layout.Text(row, column);
        void Wrong(string column, string reason) => faults.Add(new(row.Line, column, reason));
        DateOnly? Day(string column)
        {
            if (Field(column) is not { } text)
                return null;
            if (Words.DayIn(text) is { } day)
                return day;
            Wrong(column, texts["La data va scritta come 1980-03-12 oppure 12/03/1980."]);
            return null;
        }

        Sex? sex = null;
        if (Field("sex") is { } letter)
        {
            sex = letter.ToUpperInvariant() switch { "M" => Sex.Male, "F" => Sex.Female, _ => null };
            if (sex is null)
                Wrong("sex", texts["Il sesso è M oppure F."]);
        }

        var born = Day("birth_date");
        var gpFrom = Day("gp_from");
        var issued = Day("code_issued_on");
        // A field that could not be read is told once, not missed a second time by the check.
        var told = faults.Skip(before).Select(f => f.Column).ToHashSet(StringComparer.Ordinal);
        var (person, identity) = check.Identity(new(
            Field("fiscal_code"), Field("family_name"), Field("given_name"), sex, born, Field("birth_place"), issued));
        var (contacts, reach) = check.Reach(new(Field("residence_istat"), Field("address"), Field("email"), Field("phone"), Field("domicile_istat")));
        foreach (var misfit in identity.Concat(reach))
        {
            var column = misfit.Field switch
            {
                nameof(DeclaredContacts.Residence) => "residence_istat",
                nameof(DeclaredContacts.Domicile) => "domicile_istat",
                nameof(Declared.IssuedOn) => "code_issued_on",
                var field => SnakeCase.Of(field),
            };
            if (!told.Contains(column))
                Wrong(column, misfit.Reason);
        }

        var gp = Field("gp_code");
        if (gp is null && gpFrom is not null)
            Wrong("gp_from", texts["C'è l'inizio della validità ma manca il codice del medico."]);
        if (gpFrom is { } from && from > region.DayOf(clock.GetUtcNow()).AddYears(1))
            Wrong("gp_from", texts["L'inizio della validità è troppo lontano nel futuro."]);
        return faults.Count > before ? null : new(row.Line, person!, contacts!, gp, gpFrom);
    }

    private async Task Look(List<Read> rows, CancellationToken cancellation)
    {
        var codes = rows.Select(r => CodeOf(r.Person)).OfType<string>().Distinct().ToList();
        if (codes.Count > 0)
        {
            var known = await db.Identities.AsNoTracking().Where(i => codes.Contains(i.Value)).ToListAsync(cancellation);
            if (known.Count > 0)
            {
                var ids = known.Select(i => i.PatientId).Distinct().ToList();
                var people = await db.Patients.Include(p => p.Assignments).Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellation);
                foreach (var identity in known)
                    byCode[identity.Value] = people[identity.PatientId];
            }

            // Whose code it is today comes before whose it was.
            foreach (var patient in await db.Patients.Include(p => p.Assignments).Where(p => codes.Contains(p.FiscalCode!)).ToListAsync(cancellation))
                byCode[patient.FiscalCode!] = patient;
        }

        var days = rows.Where(r => CodeOf(r.Person) is null).Select(r => r.Person.BirthDate).Distinct().ToList();
        if (days.Count > 0)
            byName = (await db.Patients.Include(p => p.Assignments).Where(p => days.Contains(p.BirthDate)).ToListAsync(cancellation)).ToLookup(KeyOf);

        var gps = rows.Select(r => r.GpCode).OfType<string>().Distinct().ToList();
        if (gps.Count == 0)
            return;
        foreach (var doctor in await db.Doctors.Where(d => gps.Contains(d.Code)).ToListAsync(cancellation))
            doctors[doctor.Code] = doctor;
        foreach (var list in await db.Patients.Where(p => gps.Contains(p.GpCode!)).GroupBy(p => p.GpCode!)
            .Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellation))
        {
            onList[list.Key] = list.Count;
        }
    }

    private static string? CodeOf(Person person) => person.FiscalCode ?? person.Other?.Value;

    private static (DateOnly, string, string) KeyOf(Patient patient) => (patient.BirthDate, patient.FamilySearch, patient.GivenSearch);

    private bool Known(Read row, out Patient? patient)
    {
        if (CodeOf(row.Person) is { } code)
            return byCode.TryGetValue(code, out patient);
        var key = (row.Person.BirthDate, SearchText.Of(row.Person.FamilyName), SearchText.Of(row.Person.GivenName));
        var same = byName[key].Concat(added.Where(p => KeyOf(p) == key)).Where(p => p.Sex == row.Person.Sex).Distinct().ToList();
        if (same.Count > 1)
            throw new Refusal("same-name", "Più persone hanno questo nome e questa data di nascita: indichi il codice fiscale.");
        patient = same.FirstOrDefault();
        return patient is not null;
    }

    private void Enter(Read row)
    {
        var now = clock.GetUtcNow();
        var patient = Patient.Register(Guid.CreateVersion7(now), row.Person, row.Contacts, now.UtcDateTime);
        Assign(patient, row);
        db.Patients.Add(patient);
        added.Add(patient);
        if (CodeOf(row.Person) is { } code)
            byCode[code] = patient;
        db.Tell(new PatientRegistered(patient.Summary()));
    }

    private bool Update(Patient patient, Read row)
    {
        var before = patient.Summary();
        var today = region.DayOf(clock.GetUtcNow());
        // The doctor first: it alone can be refused, and then nothing of the line must stay.
        var changed = Assign(patient, row) is not null;
        // A file may still have a code that was replaced since.
        var person = patient.FiscalCode is not null && patient.Identities.Any(i => i.Value == CodeOf(row.Person)) ? row.Person with { FiscalCode = null, Other = null } : row.Person;
        changed |= patient.Identify(person, today);
        changed |= patient.Reach(row.Contacts with
        {
            Address = row.Contacts.Address ?? patient.Address,
            Email = row.Contacts.Email ?? patient.Email,
            Phone = row.Contacts.Phone ?? patient.Phone,
            DomicileIstat = row.Contacts.DomicileIstat ?? patient.DomicileIstat,
            DomicileAsl = row.Contacts.DomicileAsl ?? patient.DomicileAsl,
        });
        story.TellMoves(before, patient, region);
        // Somebody of an earlier line of this batch was told as registered, with what she was then.
        if (patient.Summary() != before)
            db.Tell(new PatientChanged(patient.Summary()));
        return changed;
    }

    private GpAssignment? Assign(Patient patient, Read row)
    {
        if (row.GpCode is not { } code)
            return null;
        var today = region.DayOf(clock.GetUtcNow());
        var from = row.GpFrom ?? today;
        if (patient.Assignments.Any(a => a.DoctorCode == code && (a.ValidFrom == from || a.CoversDay(from))))
            return null;
        var before = patient.GpCode;
        var assignment = patient.AssignTo(
            Guid.CreateVersion7(clock.GetUtcNow()), doctors[code], onList.GetValueOrDefault(code), from, null, today);
        if (patient.GpCode == code && before != code)
            onList[code] = onList.GetValueOrDefault(code) + 1;
        return assignment;
    }
}
