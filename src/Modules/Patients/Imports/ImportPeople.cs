using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Doctors;
using Platform.Patients.GpLists;
using Platform.Patients.People;

namespace Platform.Patients.Imports;

/// <summary>Brings some hundreds of lines into the registry, in one transaction: new people are registered, known ones
/// brought up to date, and each line that is wrong is told with its reason while the others go in. The same lines
/// again change nothing.</summary>
[BetweenModules]
internal sealed record ImportPeople(IReadOnlyList<TableRow> Rows) : ICommand<BatchOutcome>
{
    /// <summary>See docs/import-people.md.</summary>
    public static readonly TableLayout Layout = new(
        new("fiscal_code", false, "codice_fiscale", "cod_fiscale", "cf"),
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
        new("gp_from", false, "medico_dal", "inizio_validità", "dal"));

    internal sealed class Handler(PatientsDb db, PeopleBatch batch) : IRequestHandler<ImportPeople, BatchOutcome>
    {
        public async Task<BatchOutcome> Handle(ImportPeople request, CancellationToken cancellationToken)
        {
            var outcome = await batch.Apply(request.Rows, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return outcome;
        }
    }
}

/// <summary>The work of <see cref="ImportPeople"/> without its save.</summary>
internal sealed class PeopleBatch(PatientsDb db, PersonCheck check, Texts texts, Region region, TimeProvider clock)
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
        string? Field(string column) => ImportPeople.Layout.Text(row, column);
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
        // A field that could not be read is told once, not missed a second time by the check.
        var told = faults.Skip(before).Select(f => f.Column).ToHashSet(StringComparer.Ordinal);
        var (person, identity) = check.Identity(new(
            Field("fiscal_code"), Field("family_name"), Field("given_name"), sex, born, Field("birth_place")));
        var (contacts, reach) = check.Reach(new(Field("residence_istat"), Field("address"), Field("email"), Field("phone")));
        foreach (var misfit in identity.Concat(reach))
        {
            var column = misfit.Field == nameof(DeclaredContacts.Residence) ? "residence_istat" : SnakeCase.Of(misfit.Field);
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
        var codes = rows.Select(r => r.Person.FiscalCode).OfType<string>().Distinct().ToList();
        if (codes.Count > 0)
        {
            foreach (var patient in await db.Patients.Include(p => p.Assignments).Where(p => codes.Contains(p.FiscalCode!)).ToListAsync(cancellation))
                byCode[patient.FiscalCode!] = patient;
        }

        var days = rows.Where(r => r.Person.FiscalCode is null).Select(r => r.Person.BirthDate).Distinct().ToList();
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

    private static (DateOnly, string, string) KeyOf(Patient patient) => (patient.BirthDate, patient.FamilySearch, patient.GivenSearch);

    private bool Known(Read row, out Patient? patient)
    {
        if (row.Person.FiscalCode is { } code)
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
        if (patient.FiscalCode is { } code)
            byCode[code] = patient;
        db.Tell(new PatientRegistered(patient.Summary()));
    }

    private bool Update(Patient patient, Read row)
    {
        var before = patient.Summary();
        // The doctor first: it alone can be refused, and then nothing of the line must stay.
        var changed = Assign(patient, row) is not null;
        changed |= patient.Identify(row.Person);
        changed |= patient.Reach(row.Contacts with
        {
            Address = row.Contacts.Address ?? patient.Address,
            Email = row.Contacts.Email ?? patient.Email,
            Phone = row.Contacts.Phone ?? patient.Phone,
        });
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
