using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Referti.Reports;
using Platform.Testing.Contracts;

namespace Platform.Referti.Proposals;

/// <summary>A second person of the laboratory has read what the first one wrote and releases it. The sample and the report
/// are looked at again: much may have happened since it was written.</summary>
internal sealed class SecondReading(RefertiDb db, Releasing releasing, IMediator mediator, ICurrentUser user, TimeProvider clock)
{
    public async Task<ProposedResult> Find(Guid id, CancellationToken cancellation) =>
        await db.Proposals.Within(ProposedResult.Scope, user, RefertiModule.Validate).SingleOrDefaultAsync(p => p.Id == id, cancellation)
            ?? throw Refusal.NotFound();

    /// <returns>The report.</returns>
    public async Task<Guid> Release(ProposedResult proposal, CancellationToken cancellation)
    {
        if (proposal.State == ProposalState.Released && proposal.DecidedBy == user.Id)
            return proposal.ReportId!.Value; // The form came twice.
        proposal.NotByWriter(releasing.Me);
        var author = proposal.ReleasedBy(releasing.Me);
        var report = proposal.State == ProposalState.Proposed ? await Apply(proposal, author, cancellation) : Guid.Empty;
        proposal.Release(report, releasing.Me, clock.GetUtcNow().UtcDateTime);
        await releasing.Save(proposal.Id, new(report, false), Refusal.ChangedMeanwhile(), cancellation);
        return report;
    }

    private async Task<Guid> Apply(ProposedResult proposal, Author author, CancellationToken cancellation)
    {
        var patient = await releasing.PatientOf(proposal.PatientId, cancellation);
        if (proposal.Act == ProposalAct.Enter)
        {
            var held = await mediator.Send(new SampleOfLab(proposal.RequestId!.Value), cancellation);
            return await releasing.Enter(held, patient, proposal.AsFinding(), author, cancellation);
        }

        var report = await releasing.Seen(proposal.ReportId!.Value, proposal.SeenVersion!.Value, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        db.Tell(proposal.Act == ProposalAct.Annul
            ? report.Annul(proposal.Id, patient, author, proposal.Reason, now)
            : report.Correct(Releasing.Continue(report, proposal.AsFinding()), patient, author, proposal.Reason, now));
        return report.Id;
    }
}
