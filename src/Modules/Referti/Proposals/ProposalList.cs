using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Contracts;
using Platform.Testing.Contracts;

namespace Platform.Referti.Proposals;

/// <summary>What waits for a second person of the laboratory, oldest first; or what became of it, newest first.</summary>
/// <param name="Page">From 1.</param>
[Requires(RefertiModule.Validate)]
internal sealed record ProposalList(ProposalState State, ReportResult? Result, int Page) : IQuery<ProposalListAnswer>
{
    internal sealed class Handler(RefertiDb db, ICurrentUser user) : IRequestHandler<ProposalList, ProposalListAnswer>
    {
        public async Task<ProposalListAnswer> Handle(ProposalList request, CancellationToken cancellationToken)
        {
            var rows = db.Proposals.AsNoTracking().Within(ProposedResult.Scope, user, RefertiModule.Validate).Where(p => p.State == request.State);
            if (request.Result is { } result)
                rows = rows.Where(p => p.Result == result && p.Act != ProposalAct.Annul);
            var sorted = request.State == ProposalState.Proposed ? rows.OrderBy(p => p.ProposedAt).ThenBy(p => p.Id) : rows.OrderByDescending(p => p.DecidedAt).ThenBy(p => p.Id);
            var me = user.Id;
            return new(await sorted.Select(p => new ProposalRow(
                    p.Id, p.PatientId, p.FamilyName, p.GivenName, p.BirthDate, p.AccessionNumber, p.TestType, p.Act, p.Result, p.ProposedByName, p.ProposedAt,
                    p.ProposedBy == me, p.DecidedByName, p.DecidedAt, p.Why))
                .ToListing(request.Page, Listings.DefaultSize, cancellationToken));
        }
    }
}

/// <param name="Mine">The asker wrote it: another person has to read it.</param>
internal sealed record ProposalRow(
    Guid Id, Guid PatientId, string FamilyName, string GivenName, DateOnly BirthDate, string? AccessionNumber, TestType TestType, ProposalAct Act,
    ReportResult Result, string ProposedByName, DateTime ProposedAt, bool Mine, string? DecidedByName, DateTime? DecidedAt, string? Why)
{
    public bool MayGoWithOthers => !Mine && Act == ProposalAct.Enter && Result == ReportResult.NotDetected;
}

internal sealed record ProposalListAnswer(Listing<ProposalRow> Rows) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Rows.Rows.Select(r => r.PatientId);
}
