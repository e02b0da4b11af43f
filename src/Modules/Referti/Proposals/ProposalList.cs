using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Referti.Contracts;
using Platform.Testing.Contracts;

namespace Platform.Referti.Proposals;

/// <summary>What waits for a second person of the laboratory, oldest first; or what became of it, newest first.</summary>
[Requires(RefertiModule.Validate)]
internal sealed record ProposalList(ProposalState State, ReportResult? Result) : ListQuery<ProposalRow>
{
    private static readonly Orders<ProposedResult> Order = new Orders<ProposedResult>(p => p.Id)
        .By("written", p => p.ProposedAt).By("decided", p => p.DecidedAt).By("name", p => p.FamilyName, p => p.GivenName).By("result", p => p.Result);

    public override string StandingSort => State == ProposalState.Proposed ? "written" : "-decided";

    internal sealed class Handler(RefertiDb db, ICurrentUser user) : IRequestHandler<ProposalList, Listing<ProposalRow>>
    {
        public Task<Listing<ProposalRow>> Handle(ProposalList request, CancellationToken cancellationToken)
        {
            var rows = db.Proposals.AsNoTracking().Within(ProposedResult.Scope, user, RefertiModule.Validate).Where(p => p.State == request.State);
            if (request.Result is { } result)
                rows = rows.Where(p => p.Result == result && p.Act != ProposalAct.Annul);
            var me = user.Id;
            return rows.List(request, Order, sorted => sorted.Select(p => new ProposalRow(
                p.Id, p.PatientId, p.FamilyName, p.GivenName, p.BirthDate, p.AccessionNumber, p.TestType, p.Act, p.Result, p.ProposedByName, p.ProposedAt,
                p.ProposedBy == me, p.DecidedByName, p.DecidedAt, p.Why, p.State)), cancellationToken);
        }
    }
}

/// <param name="Mine">The asker wrote it: another person has to read it.</param>
[Shows(FieldClass.Identity, "FamilyName", "GivenName", "BirthDate")]
[Shows(FieldClass.Result, "Result")]
[Shows(FieldClass.Work, "AccessionNumber", "TestType", "Act", "ProposedByName", "ProposedAt", "Mine", "DecidedByName", "DecidedAt", "Why", "State")]
internal sealed record ProposalRow(
    Guid Id, Guid PatientId, string FamilyName, string GivenName, DateOnly BirthDate, string? AccessionNumber, TestType TestType, ProposalAct Act,
    ReportResult Result, string ProposedByName, DateTime ProposedAt, bool Mine, string? DecidedByName, DateTime? DecidedAt, string? Why, ProposalState State) : IOfPatient
{
    public Guid? PatientOfRow => PatientId;

    public bool MayGoWithOthers => State == ProposalState.Proposed && !Mine && Act == ProposalAct.Enter && Result == ReportResult.NotDetected;
}
