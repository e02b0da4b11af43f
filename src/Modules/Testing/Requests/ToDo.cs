using MediatR;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Testing.Contracts;

namespace Platform.Testing.Requests;

/// <summary>The requests on which something must be done, the most pressing reason first: by who asked (to complete, to book, to
/// repeat), or by the public-health office (to authorise).</summary>
[Requires(TestingModule.MayRequest)]
internal sealed record ToDo : ListQuery<ToDoRow>
{
    private static readonly Orders<SwabRequest> Order = new Orders<SwabRequest>(r => r.Id)
        .By("priority", r => r.Priority).By("asked", r => r.RequestedAt).By("name", r => r.SearchName).By("slot", r => r.SlotAt);

    public override string StandingSort => "priority";

    /// <summary>Proposals to be authorised, rather than the asker's own matters.</summary>
    public bool Proposals { get; init; }

    internal sealed class Handler(TestingDb db, ICurrentUser user) : IRequestHandler<ToDo, Listing<ToDoRow>>
    {
        public Task<Listing<ToDoRow>> Handle(ToDo request, CancellationToken cancellationToken)
        {
            var rows = request.Proposals
                ? db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayAuthorise).Where(r => r.State == SwabRequestState.Proposed)
                : db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayRequest).Where(r => r.Intervention != null);
            return rows.List(request, Order, sorted => sorted.Select(r => new ToDoRow(
                r.Id, r.PatientId, r.FamilyName, r.GivenName, r.FiscalCode, r.TestType, r.Reason, r.Priority, r.State, r.Failure,
                r.RequestedAt, r.RequesterName, r.SlotAt, r.Moves.OrderByDescending(m => m.Number).Select(m => m.Note).FirstOrDefault())), cancellationToken);
        }
    }
}

/// <param name="Said">The note of the latest move: what is missing, why it failed.</param>
[Shows(FieldClass.Identity, "FamilyName", "GivenName", "FiscalCode")]
[Shows(FieldClass.Health, "Reason", "Said")]
[Shows(FieldClass.Work, "TestType", "Priority", "State", "Failure", "RequestedAt", "RequesterName", "SlotAt")]
internal sealed record ToDoRow(
    Guid Id, Guid PatientId, string FamilyName, string GivenName, string? FiscalCode, TestType TestType, string Reason, int Priority,
    SwabRequestState State, Failure? Failure, DateTime RequestedAt, string RequesterName, DateTime? SlotAt, string? Said) : IOfPatient
{
    public Guid? PatientOfRow => PatientId;

    public bool ToRepeat => Failure is not null;
}
