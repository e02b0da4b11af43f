using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Referti.Reports;

namespace Platform.Referti.Proposals;

/// <summary>What was written, for the one who has to read it; beside what it would change.</summary>
[Requires(RefertiModule.Validate)]
internal sealed record OneProposal(Guid Id) : IQuery<OneProposalAnswer>
{
    internal sealed class Handler(RefertiDb db, ICurrentUser user) : IRequestHandler<OneProposal, OneProposalAnswer>
    {
        public async Task<OneProposalAnswer> Handle(OneProposal request, CancellationToken cancellationToken)
        {
            var proposal = await db.Proposals.AsNoTracking().Within(ProposedResult.Scope, user, RefertiModule.Validate)
                .SingleOrDefaultAsync(p => p.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var current = proposal.Act == ProposalAct.Enter ? null : await db.Versions.AsNoTracking().Where(v => v.ReportId == proposal.ReportId)
                .OrderByDescending(v => v.Number).FirstOrDefaultAsync(v => v.Id != proposal.Id, cancellationToken);
            return new(proposal, current, proposal.ProposedBy == user.Id);
        }
    }
}

/// <param name="Current">The version that it corrects or annuls; null for a first result.</param>
/// <param name="Mine">The asker wrote it.</param>
[Shows(FieldClass.Work)]
internal sealed record OneProposalAnswer(ProposedResult Proposal, ReportVersion? Current, bool Mine) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [Proposal.PatientId];
}

/// <summary>What was last written on a sample and is open, or was sent back: the form begins with it.</summary>
[Requires(RefertiModule.Enter)]
internal sealed record LatestProposalOn(Guid RequestId) : IQuery<LatestProposalAnswer>
{
    internal sealed class Handler(RefertiDb db, ICurrentUser user) : IRequestHandler<LatestProposalOn, LatestProposalAnswer>
    {
        public async Task<LatestProposalAnswer> Handle(LatestProposalOn request, CancellationToken cancellationToken) =>
            new(await db.Proposals.AsNoTracking().Within(ProposedResult.Scope, user, RefertiModule.Enter)
                .Where(p => p.RequestId == request.RequestId && p.Act == ProposalAct.Enter).OrderByDescending(p => p.ProposedAt).FirstOrDefaultAsync(cancellationToken));
    }
}

[Shows(FieldClass.Work)]
internal sealed record LatestProposalAnswer(ProposedResult? Proposal) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Proposal is { } p ? [p.PatientId] : [];
}
