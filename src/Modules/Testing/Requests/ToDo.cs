using System.Linq.Expressions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Testing.Contracts;

namespace Platform.Testing.Requests;

/// <summary>The requests on which something must be done, the most pressing reason first: by who asked (to complete, to book, to
/// repeat), or by the public-health office (to authorise).</summary>
[Requires(TestingModule.MayRequest)]
internal sealed record ToDo : IQuery<ToDoAnswer>
{
    /// <summary>To be completed, to be booked, or to be repeated.</summary>
    public static readonly Expression<Func<SwabRequest, bool>> Waits = r =>
        r.State == SwabRequestState.MoreInformation || r.State == SwabRequestState.Requested
        || (r.Failure != null && r.RepeatedBy == null && (r.State == SwabRequestState.Failed || r.State == SwabRequestState.Reported));

    /// <summary>Proposals to be authorised, rather than the asker's own matters.</summary>
    public bool Proposals { get; init; }

    public int Page { get; init; } = 1;

    internal sealed class Handler(TestingDb db, ICurrentUser user) : IRequestHandler<ToDo, ToDoAnswer>
    {
        public async Task<ToDoAnswer> Handle(ToDo request, CancellationToken cancellationToken)
        {
            var rows = request.Proposals
                ? db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayAuthorise).Where(r => r.State == SwabRequestState.Proposed)
                : db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayRequest).Where(Waits);
            return new(await rows.OrderBy(r => r.Priority).ThenBy(r => r.RequestedAt).ThenBy(r => r.Id)
                .Select(r => new ToDoRow(
                    r.Id, r.PatientId, r.FamilyName, r.GivenName, r.FiscalCode, r.BirthDate, r.TestType, r.Reason, r.Priority, r.State, r.Failure,
                    r.RequestedAt, r.RequesterName, r.SlotAt, r.Moves.OrderByDescending(m => m.Number).Select(m => m.Note).FirstOrDefault()))
                .ToListing(request.Page, Listings.DefaultSize, cancellationToken));
        }
    }
}

/// <param name="Said">The note of the latest move: what is missing, why it failed.</param>
internal sealed record ToDoRow(
    Guid Id, Guid PatientId, string FamilyName, string GivenName, string? FiscalCode, DateOnly BirthDate, TestType TestType, string Reason, int Priority,
    SwabRequestState State, Failure? Failure, DateTime RequestedAt, string RequesterName, DateTime? SlotAt, string? Said)
{
    public bool ToRepeat => Failure is not null;
}

internal sealed record ToDoAnswer(Listing<ToDoRow> Requests) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Requests.Rows.Select(r => r.PatientId);
}
