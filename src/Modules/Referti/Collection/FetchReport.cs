using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
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
internal sealed record FetchReport : ICommand<FetchedReports>
{
    public string? Code { get; init; }
    public DateOnly? BirthDate { get; init; }

    /// <summary>Network address, set by the page.</summary>
    public string Address { get; init; } = "";

    internal sealed class Validator : AbstractValidator<FetchReport>
    {
        public Validator()
        {
            RuleFor(f => f.Code).NotEmpty().WithMessage("Scriva il codice che trova sul suo foglio.").MaximumLength(80).WithMessage("Il codice è troppo lungo.");
            RuleFor(f => f.BirthDate).NotNull().WithMessage("Indichi la data di nascita.");
        }
    }

    internal sealed class Handler(RefertiDb db, CollectionGuard guard, CollectionTicket tickets, IMediator mediator, Region region, TimeProvider clock)
        : IRequestHandler<FetchReport, FetchedReports>
    {
        public async Task<FetchedReports> Handle(FetchReport request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var hash = CollectionCode.HashOf(request.Code);
            var (address, typed) = ($"address:{request.Address}", $"code:{hash}");
            // Both are counted, always: how long the answer takes says nothing.
            var (mayAddress, mayCode) = (await guard.Take(address, CollectionGuard.OfAddress, cancellationToken), await guard.Take(typed, CollectionGuard.OfCode, cancellationToken));
            if (!mayAddress || !mayCode)
                throw new Refusal("too-many-attempts", "Troppi tentativi: per sicurezza attenda un'ora e riprovi.") { Kind = RefusalKind.TooMany };

            var code = await db.CollectionCodes.AsNoTracking().SingleOrDefaultAsync(c => c.Hash == hash, cancellationToken);
            var patient = await mediator.Send(new PatientById(code?.PatientId ?? Guid.Empty), cancellationToken);
            var right = code is not null && patient is not null && patient.BirthDate == request.BirthDate && code.ExpiresAt > now;
            if (code is not null)
                db.Tell(new PersonDataTouched(right ? "read" : "refused", "referti.FetchReport", [code.PatientId], [], "citizen", request.Address, System.Diagnostics.Activity.Current?.TraceId.ToString()));
            await db.SaveChangesAsync(cancellationToken);
            var reports = await Reports(code, now - CollectionCode.OnLine, cancellationToken);
            if (!right)
                throw new Refusal("not-recognised", "Il codice o la data di nascita non sono giusti, oppure il codice è scaduto. Li riscriva come sono sul foglio.") { Kind = RefusalKind.Unprocessable };
            await guard.Forgive(address, cancellationToken);
            await guard.Forgive(typed, cancellationToken);
            return new(patient!.GivenName, [.. reports.Select(r => FetchedReport.Of(r, region, tickets.For(code!.Id, r.Id, now)))]);
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
internal sealed record FetchedReports(string GivenName, IReadOnlyList<FetchedReport> Reports);

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

/// <summary>Says, sealed with the installation's own keys, that somebody has just shown code and birth date for a report.</summary>
internal sealed class CollectionTicket(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Valid = TimeSpan.FromMinutes(20);

    private readonly IDataProtector seal = protection.CreateProtector("referti.collection");

    public string For(Guid code, Guid report, DateTime now) => seal.Protect($"{code:N}|{report:N}|{(now + Valid).Ticks}");

    /// <returns>Null when it is not ours, or too old.</returns>
    public Guid? Open(string? ticket, DateTime now)
    {
        try
        {
            var parts = seal.Unprotect(ticket ?? "").Split('|');
            return long.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) > now.Ticks ? Guid.Parse(parts[1]) : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
