using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;
using Platform.Referti.Reports;
using Platform.Testing.Contracts;

namespace Platform.Referti.Collection;

/// <summary>A citizen fetches her report with the code on her paper and her birth date. Whatever is wrong, code, date or age
/// of the code, the answer and the work done for it are the same.</summary>
[OpenToAll("The report is given to who has the code, which cannot be guessed, and knows the birth date; attempts are counted.")]
internal sealed record FetchReport : Fetch, ICommand<FetchedReports>
{
    /// <summary>Of its tickets.</summary>
    public const string Kind = "referti.report";

    public DateOnly? BirthDate { get; init; }

    internal sealed class Validator : FetchValidator<FetchReport>
    {
        public Validator() => RuleFor(f => f.BirthDate).NotNull().WithMessage("Indichi la data di nascita.");
    }

    internal sealed class Handler(RefertiDb db, CollectionGuard guard, CollectionTickets tickets, IMediator mediator, Region region, TimeProvider clock)
        : IRequestHandler<FetchReport, FetchedReports>
    {
        public async Task<FetchedReports> Handle(FetchReport request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var hash = CollectionCodes.HashOf(request.Code);
            var attempt = await guard.Begin(db, "referti.FetchReport", request.Address, hash, cancellationToken);
            var code = await db.CollectionCodes.AsNoTracking().SingleOrDefaultAsync(c => c.Hash == hash, cancellationToken);
            var patient = await mediator.Send(new PatientById(code?.PatientId ?? Guid.Empty), cancellationToken);
            var right = code is not null && patient is not null && patient.BirthDate == request.BirthDate && code.ExpiresAt > now.UtcDateTime;
            if (code is not null)
                attempt.Tell(right, code.PatientId);
            await db.SaveChangesAsync(cancellationToken);
            var reports = await Reports(code, CollectionCode.OnLineSince(now, region), cancellationToken);
            if (!right)
                throw new Refusal("not-recognised", "Il codice o la data di nascita non sono giusti, oppure il codice è scaduto. Li riscriva come sono sul foglio.") { Kind = RefusalKind.Unprocessable };
            await attempt.Forgive(cancellationToken);
            return new(patient!.GivenName, [.. reports.Select(r => FetchedReport.Of(r, region, tickets.For(Kind, r.Id)))]);
        }

        private async Task<List<Report>> Reports(CollectionCode? code, DateTime since, CancellationToken cancellation)
        {
            var (report, request) = (code?.ReportId ?? Guid.Empty, code?.RequestId ?? Guid.Empty);
            return await db.Reports.AsNoTracking().Include(r => r.Versions)
                .Where(r => (r.Id == report || r.RequestId == request) && r.IssuedAt > since).OrderByDescending(r => r.IssuedAt).ToListAsync(cancellation);
        }
    }
}

/// <param name="Reports">None while the laboratory has not released any, or once they are no longer on line.</param>
internal sealed record FetchedReports(string GivenName, IReadOnlyList<FetchedReport> Reports) : IFetched;

/// <param name="Ticket">With which the paper is asked for in the next minutes; null for who has signed in.</param>
internal sealed record FetchedReport(
    TestType TestType, ReportResult Result, ReportVersionKind Kind, int Version, DateTime? CollectedAt, DateTime IssuedAt, string LabCode,
    string Meaning, string ToDo, string? Ticket)
{
    public static FetchedReport Of(Report report, Region region, string? ticket = null)
    {
        var result = report.IsAnnulled ? "annulled" : SnakeCase.Of(report.Result.ToString());
        var advice = region.Referti.AdviceOn(report.TestType == TestType.Serology ? "serology" : "swab", result, region.DayOf(new DateTimeOffset(report.IssuedAt, TimeSpan.Zero)));
        return new(report.TestType, report.Result, report.CurrentKind, report.CurrentVersion, report.CollectedAt, report.IssuedAt, report.LabCode, advice.Meaning, advice.ToDo, ticket);
    }
}
