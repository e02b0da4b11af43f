using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.Schools.Contracts;
using Platform.Schools.People;

namespace Platform.Schools.Reports;

/// <summary>A report as it was sent. Its school finds what it said itself, and whether the ASL has seen to it: nothing of what the ASL knows.</summary>
[Requires(SchoolsModule.MayReadReports)]
internal sealed record SchoolReportDetails(Guid Id) : IQuery<SchoolReportDetailsAnswer>
{
    internal sealed class Handler(SchoolsDb db, IMediator mediator, ICurrentUser user) : IRequestHandler<SchoolReportDetails, SchoolReportDetailsAnswer>
    {
        public async Task<SchoolReportDetailsAnswer> Handle(SchoolReportDetails request, CancellationToken cancellationToken)
        {
            var report = await db.Reports.AsNoTracking().Include(r => r.Contacts).Within(SchoolReport.Scope, user, SchoolsModule.MayReadReports)
                .SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var school = await db.Schools.AsNoTracking().Where(s => s.Code == report.SchoolCode).Select(s => s.Name).SingleAsync(cancellationToken);
            var ids = report.Contacts.Select(c => c.ClassId).Append(report.ClassId).OfType<Guid>().Distinct().ToList();
            var classes = await db.Classes.AsNoTracking().Where(c => ids.Contains(c.Id)).Select(c => new NamedClass(c.Id, c.Grade, c.Section, c.Course)).ToListAsync(cancellationToken);
            var people = await mediator.Send(new PatientsByIds([.. report.Contacts.Select(c => c.PatientId).Append(report.PatientId ?? Guid.Empty).Distinct()]), cancellationToken);
            ReportedPerson? Named(Guid? id, SchoolPart? part, Guid? of) =>
                id is { } known && people.GetValueOrDefault(known) is { } who ? new(known, who.FamilyName, who.GivenName, who.BirthDate, part, classes.Find(c => c.Id == of)?.Name) : null;
            return new(report.Id, report.Kind, report.State, report.Closing, report.SchoolCode, school, classes.Find(c => c.Id == report.ClassId)?.Name, report.LastDay, report.Absent, report.Enrolled,
                report.ReportedAt, report.ReportedBy, report.HandledAt, Named(report.PatientId, null, report.ClassId),
                [.. report.Contacts.Select(c => Named(c.PatientId, c.Part, c.ClassId)).OfType<ReportedPerson>().OrderBy(p => p.ClassName, StringComparer.Ordinal).ThenBy(p => p.Part).ThenBy(p => p.FamilyName, StringComparer.OrdinalIgnoreCase)]);
        }
    }
}

[Shows(FieldClass.Work)]
internal sealed record SchoolReportDetailsAnswer(
    Guid Id, SchoolReportKind Kind, SchoolReportState State, ReportClosing? Closing, string SchoolCode, string SchoolName, string? ClassName, DateOnly LastDay, int? Absent, int? Enrolled,
    DateTime ReportedAt, string ReportedBy, DateTime? HandledAt, ReportedPerson? Person, IReadOnlyList<ReportedPerson> Contacts) : IAboutPatients
{
    public bool OfPositive => Kind is SchoolReportKind.PositivePupil or SchoolReportKind.PositiveStaff;

    public IEnumerable<Guid> PatientsShown => Contacts.Select(c => c.PatientId).Concat(Person is null ? [] : [Person.PatientId]).Distinct();
}

[Shows(FieldClass.Identity, "FamilyName", "GivenName", "BirthDate")]
[Shows(FieldClass.Work, "PatientId", "Part", "ClassName")]
internal sealed record ReportedPerson(Guid PatientId, string FamilyName, string GivenName, DateOnly BirthDate, SchoolPart? Part, string? ClassName) : IOfPatient
{
    public string Name => $"{FamilyName} {GivenName}";

    Guid? IOfPatient.PatientOfRow => PatientId;
}

/// <summary>The ASL has seen to a report, and no case comes of it.</summary>
[Requires(SchoolsModule.MayFollow)]
internal sealed record CloseReport : ICommand<Unit>
{
    public Guid Id { get; init; }
    public ReportClosing? Why { get; init; }

    internal sealed class Validator : AbstractValidator<CloseReport>
    {
        public Validator() => RuleFor(c => c.Why).NotNull().WithMessage("Scelga il motivo.").IsInEnum().WithMessage("Il valore non è valido.");
    }

    internal sealed class Handler(SchoolsDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<CloseReport, Unit>
    {
        public async Task<Unit> Handle(CloseReport request, CancellationToken cancellationToken)
        {
            var report = await db.Reports.Within(SchoolReport.Scope, user, SchoolsModule.MayFollow).SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            report.Close(request.Why!.Value, clock.GetUtcNow().UtcDateTime, user.DisplayName);
            db.Tell(new SchoolReportClosed(report.Id, report.SchoolCode));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>The ASL takes a reported positive for a case: of the class, of each of the classes where she was, if she works in several.</summary>
[Requires(SchoolsModule.MayFollow)]
internal sealed record TakeReport(Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(SchoolsDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<TakeReport, Unit>
    {
        public async Task<Unit> Handle(TakeReport request, CancellationToken cancellationToken)
        {
            var report = await db.Reports.Include(r => r.Contacts).Within(SchoolReport.Scope, user, SchoolsModule.MayFollow).SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            report.Take(clock.GetUtcNow().UtcDateTime, user.DisplayName);
            var classes = report.Contacts.Select(c => c.ClassId).Append(report.ClassId).OfType<Guid>().Distinct().ToArray();
            if (classes.Length == 0)
                throw new Refusal("no-class", "La persona non era in nessuna classe: chiuda la segnalazione.");
            db.Tell(new SchoolReportTaken(report.Id, report.Kind, report.SchoolCode, classes, report.PatientId!.Value, report.LastDay, [.. report.Contacts.Select(c => c.PatientId).Distinct()]));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
