using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.BuildingBlocks.Tables;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.VaccinationBooking.Doses;

namespace Platform.VaccinationBooking.Pharmacovigilance;

/// <summary>What a file for the national network holds: asked again, it is the same.</summary>
[Requires(VaccinationModule.MayReport)]
internal sealed record ReportsOfFile(Guid Id) : IQuery<ReportsAnswer>
{
    internal sealed class Handler(VaccinationDb db, ICurrentUser user, Region region, Texts texts) : IRequestHandler<ReportsOfFile, ReportsAnswer>
    {
        public async Task<ReportsAnswer> Handle(ReportsOfFile request, CancellationToken cancellationToken)
        {
            // The form is the ministry's: in Italian whoever asks.
            using var reader = Texts.Reading("it");
            var file = await db.ReportFiles.AsNoTracking().Within(ReportFile.Scope, user, VaccinationModule.MayReport).SingleOrDefaultAsync(f => f.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var rows = await (
                from e in db.AdverseEvents
                join d in db.Doses on e.DoseId equals d.Id
                join v in db.Vaccinees on e.PatientId equals v.PatientId
                join c in db.Centres on d.CentreCode equals c.Code
                where e.SentIn == file.Id
                orderby e.ReportedAt, e.Id
                select new { Event = e, Dose = d, v.FamilyName, v.GivenName, v.BirthDate, v.Sex, Centre = c.Name }).AsNoTracking().ToListAsync(cancellationToken);
            var lots = rows.Select(r => r.Dose.LotId).OfType<Guid>().Distinct().ToArray();
            var expiry = await db.StockLots.Where(l => lots.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => l.ExpiresOn, cancellationToken);
            return new(file,
            [
                .. rows.Select(r => new AdverseReport(
                    r.Event.Id, r.Event.PatientId, $"{r.FamilyName.FirstOrDefault()}{r.GivenName.FirstOrDefault()}", r.BirthDate, r.Sex ?? r.Dose.Sex, region.LocalOf(r.Event.BeganAt),
                    string.Join(", ", r.Event.Reactions.Split(' ').Select(code => region.Vaccination.Reactions.FirstOrDefault(k => k.Code == code)?.Name ?? code)), r.Event.Note, r.Event.Serious,
                    r.Event.Criterion is { } criterion ? texts[Words.Of(criterion)].Value : null, texts[Words.Of(r.Event.Outcome)].Value, region.Vaccination.NameOfVaccine(r.Dose.VaccineCode),
                    r.Dose.LotNumber, r.Dose.LotId is { } lot && expiry.TryGetValue(lot, out var day) ? day : null, region.LocalOf(r.Dose.GivenAt), texts[Words.Of(r.Dose.Kind)].Value,
                    r.Dose.Site is { } site ? texts[Words.Of(site)].Value : null, r.Event.ReportedBy, r.Centre, region.FindAsl(file.AslCode)?.Name ?? file.AslCode, region.OpenDataName,
                    region.LocalOf(r.Event.ReportedAt))),
            ]);
        }
    }
}

/// <summary>A report with the fields of the national form (AIFA, Scheda di segnalazione di sospetta reazione avversa).</summary>
[Shows(FieldClass.Identity, "Initials", "BirthDate", "Sex")]
[Shows(FieldClass.Health, "BeganAt", "Reactions", "Description", "Serious", "Criterion", "Outcome", "Vaccine", "Lot", "LotExpiresOn", "GivenAt", "Dose", "Site")]
[Shows(FieldClass.Work)]
internal sealed record AdverseReport(
    Guid Id, Guid PatientId, string Initials, DateOnly? BirthDate, Sex? Sex, DateTime BeganAt, string Reactions, string? Description, bool Serious, string? Criterion, string Outcome,
    string Vaccine, string? Lot, DateOnly? LotExpiresOn, DateTime GivenAt, string Dose, string? Site, string Reporter, string Structure, string Asl, string Region, DateTime ReportedAt)
{
    // The form's words and order; what nobody writes down here (weight, other drugs, history) stays empty for who completes it.
    public static IReadOnlyList<TableColumn<AdverseReport>> Columns { get; } =
    [
        new("codice_segnalazione", r => r.Id.ToString("D", CultureInfo.InvariantCulture)), new("iniziali_paziente", r => r.Initials), new("data_nascita", r => r.BirthDate),
        new("sesso", r => r.Sex switch { Platform.Patients.Contracts.FiscalCodes.Sex.Male => "M", Platform.Patients.Contracts.FiscalCodes.Sex.Female => "F", _ => null }), new("data_insorgenza", r => r.BeganAt), new("reazioni", r => r.Reactions),
        new("descrizione", r => r.Description), new("gravita", r => r.Serious ? "grave" : "non_grave"), new("criterio_gravita", r => r.Criterion), new("esito", r => r.Outcome),
        new("vaccino", r => r.Vaccine), new("lotto", r => r.Lot), new("scadenza_lotto", r => r.LotExpiresOn), new("data_ora_somministrazione", r => r.GivenAt), new("dose", r => r.Dose),
        new("sede_inoculazione", r => r.Site), new("via_somministrazione", _ => "intramuscolare"), new("peso", _ => null), new("altezza", _ => null), new("farmaci_concomitanti", _ => null),
        new("condizioni_predisponenti", _ => null), new("qualifica_segnalatore", _ => "operatore_centro_vaccinale"), new("segnalatore", r => r.Reporter), new("struttura", r => r.Structure),
        new("asl", r => r.Asl), new("regione", r => r.Region), new("data_segnalazione", r => r.ReportedAt),
    ];
}

[Shows(FieldClass.Work)]
internal sealed record ReportsAnswer(ReportFile File, IReadOnlyList<AdverseReport> Reports) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Reports.Select(r => r.PatientId);
}
