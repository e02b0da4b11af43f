using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Schools.Contracts;
using Platform.Schools.People;
using Platform.Schools.Register;

namespace Platform.Schools.Reports;

/// <summary>The COVID referent of a school tells its ASL (ISS report 58/2020): a positive pupil or member of staff with who was in class with her,
/// somebody who felt ill at school, or a class of which many are absent.</summary>
[Requires(SchoolsModule.MayReport)]
internal sealed record SendReport : ICommand<Guid>, IPaced
{
    private const int OldestDays = 14;

    /// <summary>Made by the form: sent twice, it is one report.</summary>
    public Guid Id { get; init; }

    public string? SchoolCode { get; init; }
    public Guid? ClassId { get; init; }
    public SchoolReportKind? Kind { get; init; }
    public Guid? PatientId { get; init; }

    /// <inheritdoc cref="SchoolReported.LastDay"/>
    public DateOnly? LastDay { get; init; }

    public int? Absent { get; init; }
    public int? Enrolled { get; init; }

    /// <summary>Links of those who were in class in the hours before; of a positive alone.</summary>
    public List<Guid> InClass { get; init; } = [];

    public bool OfPositive => Kind is SchoolReportKind.PositivePupil or SchoolReportKind.PositiveStaff;

    internal sealed class Validator : AbstractValidator<SendReport>
    {
        public Validator()
        {
            RuleFor(r => r.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(r => r.SchoolCode).NotEmpty().WithMessage("Scelga la scuola.");
            RuleFor(r => r.Kind).NotNull().WithMessage("Scelga che cosa segnala.").IsInEnum().WithMessage("Il valore non è valido.");
            RuleFor(r => r.LastDay).NotNull().WithMessage("Scriva il giorno.");
            RuleFor(r => r.PatientId).NotNull().When(r => r.Kind is not null and not SchoolReportKind.Absences).WithMessage("Scelga la persona.");
            When(r => r.Kind == SchoolReportKind.Absences, () =>
            {
                RuleFor(r => r.ClassId).NotNull().WithMessage("Scelga la classe.");
                RuleFor(r => r.Enrolled).NotNull().WithMessage("Scriva quanti sono gli alunni.").InclusiveBetween(1, 60).WithMessage("Una classe ha da 1 a 60 alunni.");
                RuleFor(r => r.Absent).NotNull().WithMessage("Scriva quanti sono assenti.").Must((r, a) => a is null || (a >= 0 && a <= (r.Enrolled ?? 60))).WithMessage("Gli assenti non sono più degli alunni.");
            });
        }
    }

    internal sealed class Handler(SchoolsDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<SendReport, Guid>
    {
        public async Task<Guid> Handle(SendReport request, CancellationToken cancellationToken)
        {
            if (await db.Reports.Within(SchoolReport.Scope, user, SchoolsModule.MayReport).AnyAsync(r => r.Id == request.Id, cancellationToken))
                return request.Id;
            var school = await db.SchoolOf(user, SchoolsModule.MayReport, request.SchoolCode, cancellationToken);
            var (kind, last) = (request.Kind!.Value, request.LastDay!.Value);
            Check(last);
            if (request.ClassId is { } id)
                await CheckClass(id, school, cancellationToken);
            if (kind == SchoolReportKind.Absences)
                CheckShare(request, last);
            var person = kind == SchoolReportKind.Absences ? null : request.PatientId;
            if (person is { } who)
                await CheckPerson(who, kind, school, last, cancellationToken);
            var report = new SchoolReport
            {
                Id = request.Id, Kind = kind, SchoolCode = school.Code, InstituteCode = school.InstituteCode, AslCode = school.AslCode, ClassId = request.ClassId, PatientId = person, LastDay = last,
                Absent = kind == SchoolReportKind.Absences ? request.Absent : null, Enrolled = kind == SchoolReportKind.Absences ? request.Enrolled : null,
                ReportedAt = clock.GetUtcNow().UtcDateTime, ReportedBy = user.DisplayName,
            };
            if (request.OfPositive)
            {
                var proposed = await db.ContactsAtSchool(person!.Value, school.Code, last, region, cancellationToken);
                report.Contacts.AddRange(proposed.Where(l => request.InClass.Contains(l.Id)).Select(l => new ReportContact
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()), ReportId = report.Id, ClassId = l.ClassId, PatientId = l.PatientId, Part = l.Part,
                }));
            }

            db.Reports.Add(report);
            db.Tell(new SchoolReported(report.Id, kind, school.Code, report.ClassId, person, last));
            await db.SaveChangesAsync(cancellationToken);
            return report.Id;
        }

        private void Check(DateOnly last)
        {
            var today = region.DayOf(clock.GetUtcNow());
            if (last > today || last < today.AddDays(-OldestDays))
                throw new Refusal("day-out-of-reach", "Il giorno è uno degli ultimi {0}, oggi compreso.", OldestDays) { Kind = RefusalKind.Unprocessable };
        }

        private async Task CheckClass(Guid id, School school, CancellationToken cancellation)
        {
            var of = await db.Classes.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.SchoolCode == school.Code, cancellation) ?? throw Refusal.NotFound();
            if (of.ClosedOn is not null)
                throw new Refusal("class-closed", "La classe è chiusa: nulla di nuovo può essere registrato per lei.");
        }

        private void CheckShare(SendReport request, DateOnly day)
        {
            var share = region.SchoolLimits.Of(SchoolLimits.AbsencePercent, day);
            if (request.Absent * 100 < share * request.Enrolled)
                throw new Refusal("few-absences", "Si segnala una classe quando è assente almeno il {0} % degli alunni.", share) { Kind = RefusalKind.Unprocessable };
        }

        private async Task CheckPerson(Guid who, SchoolReportKind kind, School school, DateOnly last, CancellationToken cancellation)
        {
            var parts = await db.Links.Where(l => l.PatientId == who && l.SchoolCode == school.Code && l.From <= last && (l.Until == null || l.Until >= last)).Select(l => l.Part).ToListAsync(cancellation);
            if (parts.Count == 0)
                throw new Refusal("not-of-school", "Quel giorno la persona non faceva parte della scuola: aggiorni prima l’elenco della classe.") { Kind = RefusalKind.Unprocessable };
            if (kind == SchoolReportKind.PositivePupil != parts.Contains(SchoolPart.Pupil) && kind != SchoolReportKind.Symptoms)
                throw new Refusal("other-part", "La persona scelta ha un altro ruolo: scelga tra alunno e personale.") { Kind = RefusalKind.Unprocessable };
            if (await db.Reports.AnyAsync(r => r.PatientId == who && r.SchoolCode == school.Code && r.Kind == kind && r.LastDay == last, cancellation))
                throw new Refusal("already-reported", "Questa persona è già stata segnalata per quel giorno.");
        }
    }
}
