using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;
using Platform.Schools.Contracts;

namespace Platform.Schools.Reports;

/// <summary>The public-health office finds a school's report in its inbox.</summary>
internal sealed class WhenSchoolReported(SchoolsDb db, IMediator mediator) : IReaction<SchoolReported>
{
    public async Task React(Told<SchoolReported> told, CancellationToken cancellation)
    {
        if (await db.Schools.AsNoTracking().SingleOrDefaultAsync(s => s.Code == told.Event.SchoolCode, cancellation) is { } school)
        {
            await mediator.Send(new PostMessage(
                StableId.Of(told.Id, "asl"), Recipient.Of(ScopeKind.Asl, school.AslCode), "schools.reported", told.Event.Kind == SchoolReportKind.Symptoms ? MessagePriority.Normal : MessagePriority.High,
                SubjectOf(told.Event.Kind), [school.Name], $"/schools/reports/{told.Event.ReportId}", told.Event.PatientId, "task"), cancellation);
        }

        await db.SaveChangesAsync(cancellation);
    }

    private static string SubjectOf(SchoolReportKind kind) => kind switch
    {
        SchoolReportKind.PositivePupil => "Segnalato un alunno positivo: {0}",
        SchoolReportKind.PositiveStaff => "Segnalata una persona del personale positiva: {0}",
        SchoolReportKind.Symptoms => "Segnalato un malessere a scuola: {0}",
        _ => "Segnalate molte assenze in una classe: {0}",
    };
}

/// <summary>The school learns that its report was seen to; not what the ASL knows.</summary>
internal sealed class WhenSchoolReportClosed(SchoolsDb db, IMediator mediator) : IReaction<SchoolReportClosed>
{
    public async Task React(Told<SchoolReportClosed> told, CancellationToken cancellation)
    {
        // The referent is the school's own, or that of its institute.
        var institute = await db.Schools.Where(s => s.Code == told.Event.SchoolCode).Select(s => s.InstituteCode).SingleOrDefaultAsync(cancellation);
        await mediator.Send(new PostMessages([.. new[] { told.Event.SchoolCode, institute }.OfType<string>().Select(code => new PostMessage(
            StableId.Of(told.Id, code), Recipient.Of(ScopeKind.School, code), "schools.report-closed", MessagePriority.Low,
            "La ASL ha chiuso una segnalazione della scuola", [], $"/schools/reports/{told.Event.ReportId}", null, "task"))]), cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}
