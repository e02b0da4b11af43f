using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.Approvals;

/// <summary>The delicate roles that wait for a second person, of those that the asker may give; the oldest first.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record AwaitingApproval : IQuery<IReadOnlyList<AssignmentAwaiting>>
{
    internal sealed class Handler(UserManagementDb db, Administration administration, ICurrentUser user) : IRequestHandler<AwaitingApproval, IReadOnlyList<AssignmentAwaiting>>
    {
        public async Task<IReadOnlyList<AssignmentAwaiting>> Handle(AwaitingApproval request, CancellationToken cancellationToken)
        {
            var rows = await db.Awaiting(administration.Today).OrderBy(r => r.GivenAt).ThenBy(r => r.Id)
                .Select(r => new
                {
                    Row = r,
                    Person = db.Accounts.Where(a => a.Id == r.AccountId).Select(a => a.DisplayName).First(),
                    By = db.Accounts.Where(a => a.Id == r.GivenBy).Select(a => a.DisplayName).FirstOrDefault(),
                }).ToListAsync(cancellationToken);
            return [.. rows.Where(r => administration.MayGive(r.Row.Assignment))
                .Select(r => new AssignmentAwaiting(r.Row, r.Person, r.By, r.Row.GivenBy != user.Id && r.Row.AccountId != user.Id))];
        }
    }
}

/// <param name="Mine">Whether the asker may be the second person.</param>
internal sealed record AssignmentAwaiting(AssignmentRow Row, string Person, string? GivenBy, bool Mine);

/// <summary>On the home page of who administers.</summary>
internal sealed class ApprovalCards(IMediator mediator, ICurrentUser user) : IHomeCards
{
    public async Task<IReadOnlyList<HomeCard>> Of(CancellationToken cancellation)
    {
        if (!user.May(UserManagementModule.ManageUsers))
            return [];
        var waiting = (await mediator.Send(new AwaitingApproval(), cancellation)).Count(r => r.Mine);
        return [new("Profili da approvare", "Dati da un altro amministratore: valgono dopo il suo sì.", waiting, "/users/approvals", Urgent: false, 300)];
    }
}

internal static class Awaitings
{
    public static IQueryable<AssignmentRow> Awaiting(this UserManagementDb db, DateOnly today) =>
        db.Assignments.AsNoTracking().Where(r => r.State == AssignmentState.Awaiting && (r.ValidTo == null || r.ValidTo >= today));
}
