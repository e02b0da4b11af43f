using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Tables;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Doctors;
using Platform.Patients.People;

namespace Platform.Patients.Imports;

/// <summary>Brings some hundreds of lines into the register of doctors, in one transaction; the columns are those of the
/// region pack's gps.csv. The same lines again change nothing.</summary>
internal sealed class DoctorsImport(DoctorsBatch batch) : StagedImport
{
    /// <summary><c>kind</c> is mmg or pls; <c>list_limit</c> may be left out.</summary>
    public static readonly TableLayout Layout = new(
        new("code", true, "codice", "codice_regionale", "codice_medico"),
        new("family_name", true, "cognome", "surname", "last_name"),
        new("given_name", true, "nome", "first_name", "name"),
        new("kind", true, "tipo", "tipologia"),
        new("asl", true, "codice_asl", "azienda_sanitaria"),
        new("municipality_istat", true, "comune", "codice_istat", "istat_comune", "municipality"),
        new("email", false, "posta_elettronica", "mail"),
        new("fiscal_code", false, "codice_fiscale", "cod_fiscale", "cf"),
        new("list_limit", false, "massimale"));

    public override string Name => "doctors";
    public override IReadOnlyList<ImportCount> Counts => BatchOutcome.Counts;
    public override int BatchSize => 500;

    public override TableLayout LayoutOf(string? format) => Layout;

    public override async Task<ImportOutcome> Bring(ImportSource source, IReadOnlyList<TableRow> rows, CancellationToken cancellation) =>
        (await batch.Apply(rows, cancellation)).AsOutcome();
}

/// <summary>The work of <see cref="DoctorsImport"/> without its save.</summary>
internal sealed class DoctorsBatch(PatientsDb db, IBirthPlaces places, Texts texts, Region region, TimeProvider clock)
{
    private const int LargestList = 10_000;

    public async Task<BatchOutcome> Apply(IReadOnlyList<TableRow> rows, CancellationToken cancellation)
    {
        var faults = new List<RowFault>();
        var codes = rows.Where(r => r.Fault is null).Select(r => r.Fields[0]).Distinct().ToList();
        var known = await db.Doctors.Where(d => codes.Contains(d.Code)).ToDictionaryAsync(d => d.Code, cancellation);
        int added = 0, changed = 0, unchanged = 0;
        foreach (var row in rows)
        {
            if (row.Fault is { } unreadable)
            {
                faults.Add(new(row.Line, "", texts[unreadable, [.. row.FaultArguments ?? []]]));
                continue;
            }

            if (Read(row, faults) is not { } set)
                continue;
            var code = row.Fields[0];
            if (!known.TryGetValue(code, out var doctor))
            {
                doctor = new Doctor(code);
                set(doctor);
                db.Doctors.Add(doctor);
                known.Add(code, doctor);
                added++;
                continue;
            }

            set(doctor);
            db.ChangeTracker.DetectChanges();
            if (db.Entry(doctor).State == EntityState.Modified)
                changed++;
            else
                unchanged++;
        }

        return new(added, changed, unchanged, faults);
    }

    private Action<Doctor>? Read(TableRow row, List<RowFault> faults)
    {
        var before = faults.Count;
        string? Field(string column) => Words.Tidy(DoctorsImport.Layout.Text(row, column));
        void Wrong(string column, string reason) => faults.Add(new(row.Line, column, reason));
        string Name(string column)
        {
            var name = Field(column);
            if (name is null)
                Wrong(column, texts["Campo obbligatorio."]);
            else if (name.Length > Patient.NameLength)
                Wrong(column, texts["Al massimo {0} caratteri.", Patient.NameLength]);
            return name ?? "";
        }

        if (Field("code") is not { Length: <= Doctor.CodeLength } code || !code.All(char.IsAsciiLetterOrDigit))
            Wrong("code", texts["Il codice regionale ha al massimo {0} cifre o lettere.", Doctor.CodeLength]);
        var (family, given) = (Name("family_name"), Name("given_name"));
        var kind = Field("kind")?.ToLowerInvariant();
        if (kind is not ("mmg" or "pls"))
            Wrong("kind", texts["Il tipo è mmg (medico di medicina generale) oppure pls (pediatra di libera scelta)."]);
        var asl = Field("asl") ?? "";
        if (region.FindAsl(asl) is null)
            Wrong("asl", texts["Nessuna ASL della regione ha questo codice."]);
        var municipality = Field("municipality_istat") ?? "";
        if (region.FindMunicipality(municipality) is null)
            Wrong("municipality_istat", texts["Nessun comune della regione ha questo codice ISTAT."]);
        var email = Field("email");
        if (email is { Length: > Patient.EmailLength } || (email is not null && !email.Contains('@')))
            Wrong("email", texts["Non è un indirizzo di posta elettronica."]);
        string? fiscalCode = null;
        if (Field("fiscal_code") is { } text)
        {
            var reading = FiscalCode.Read(text, places, region.DayOf(clock.GetUtcNow()));
            if (reading.Valid)
                fiscalCode = reading.Code;
            else
                Wrong("fiscal_code", reading.Describe(System.Globalization.CultureInfo.CurrentUICulture));
        }

        var limit = kind == "pls" ? Doctor.PaediatricListLimit : Doctor.GpListLimit;
        if (Field("list_limit") is { } number
            && (!int.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out limit) || limit is < 1 or > LargestList))
        {
            Wrong("list_limit", texts["Il massimale è un numero da 1 a {0}.", LargestList]);
        }

        if (faults.Count > before)
            return null;
        return doctor =>
        {
            (doctor.FamilyName, doctor.GivenName, doctor.Paediatrician) = (family, given, kind == "pls");
            (doctor.AslCode, doctor.MunicipalityIstat, doctor.ListLimit) = (asl, municipality, limit);
            (doctor.Email, doctor.FiscalCode) = (email ?? doctor.Email, fiscalCode ?? doctor.FiscalCode);
        };
    }
}
