using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Sessions;

namespace Platform.UserManagement.Accounts;

/// <summary>One account with its last sign-ins and its assignments, past and future: of those, the asker's organisation's.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record AccountDetail(Guid Id) : IQuery<AccountShown>
{
    internal sealed class Handler(UserManagementDb db, Administration administration) : IRequestHandler<AccountDetail, AccountShown>
    {
        public async Task<AccountShown> Handle(AccountDetail request, CancellationToken cancellationToken)
        {
            var account = await administration.Find(db, request.Id, cancellationToken);
            var here = account.Assignments.Where(r => administration.Holds(r.Assignment.Scope)).OrderBy(r => r.ValidFrom).ThenBy(r => r.Id).ToList();
            var others = here.SelectMany(r => new[] { r.GivenBy, r.DecidedBy, r.DelegatedBy }).OfType<Guid>().Distinct().ToList();
            var names = await db.Accounts.Where(a => others.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.DisplayName, cancellationToken);
            return new(account, here, administration.HoldsWhole(account), await db.LastSignInsOf(account.Id, cancellationToken), names);
        }
    }
}

/// <param name="Whole">Nobody else administers it too.</param>
/// <param name="Names">Of those who gave, approved or lent.</param>
internal sealed record AccountShown(
    Account Account, IReadOnlyList<AssignmentRow> Assignments, bool Whole, IReadOnlyList<SignInRow> SignIns, IReadOnlyDictionary<Guid, string> Names);

internal static class LastSignIns
{
    private const int Shown = 10;

    public static Task<List<SignInRow>> LastSignInsOf(this UserManagementDb db, Guid account, CancellationToken cancellation) =>
        db.SignIns.AsNoTracking().Where(s => s.AccountId == account).OrderByDescending(s => s.At).ThenByDescending(s => s.Id).Take(Shown).ToListAsync(cancellation);
}
