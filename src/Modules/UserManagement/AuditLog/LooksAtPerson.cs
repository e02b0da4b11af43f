using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.UserManagement.AuditLog;

/// <summary>Who saw one person's data, or changed them: who, as what, when, which kind of data, why. To be handed to her (Regolamento (UE)
/// 2016/679, art. 15): nothing in it is about anybody else, and no network address.</summary>
[Requires(UserManagementModule.WhoSaw)]
internal sealed record LooksAtPerson(Guid PatientId) : ListQuery<LookAtPerson>, IAsksProof
{
    bool IAsksProof.AsksProof => Whole;

    private static readonly Orders<LineRow> Order = new Orders<LineRow>(l => l.Sequence).By("at", l => l.At);

    public override string StandingSort => "-at";

    internal sealed class Handler(UserManagementDb db) : IRequestHandler<LooksAtPerson, Listing<LookAtPerson>>
    {
        public async Task<Listing<LookAtPerson>> Handle(LooksAtPerson request, CancellationToken cancellationToken)
        {
            var ids = await db.IdsOf(request.PatientId, cancellationToken);
            return await db.LineRows.AsNoTracking().OfSubjects(ids).ListByTime(request, Order, sorted => sorted.InWords(db)
                .Select(l => new LookAtPerson(l.At, l.Actor, l.ActingAs, l.Action, l.What, l.Why, l.SubjectId)), cancellationToken);
        }
    }
}

[Shows(FieldClass.Work)]
internal sealed record LookAtPerson(DateTime At, string Actor, string? ActingAs, string Action, string What, string? Why, Guid PatientId) : IOfPatient
{
    public Guid? PatientOfRow => PatientId;

    /// <summary>Role and organisation, as people call them.</summary>
    public string Roles(ScopeNames names) => AuditWords.RolesOf(ActingAs, names);
}
