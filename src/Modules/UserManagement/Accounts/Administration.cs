using System.Linq.Expressions;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.Accounts;

/// <summary>Whose accounts somebody administers, and what she may give them. The region's administrator has all; an organisation's has
/// its own people and nobody else's. The one place that decides.</summary>
internal sealed class Administration(ICurrentUser user, Region region, IEnumerable<IMadePlaces> made, ScopeNames names, TimeProvider clock)
{
    private readonly Lazy<IReadOnlyList<Scope>> scopes = new(() => [.. user.ScopesOf(UserManagementModule.ManageUsers).SelectMany(s => Under(region, made, s)).Distinct()]);

    public DateOnly Today => region.DayOf(clock.GetUtcNow());

    public bool OfAll => user.IsPlatform || scopes.Value.Any(s => s.Kind == ScopeKind.Region);

    public IEnumerable<SelectListItem> RoleItems =>
        AccountChoices.Roles.Where(r => OfAll || Rule(r).Local).Where(r => Offered.Any(s => AccountChoices.Fits(r, s.Kind)))
            .Select(r => new SelectListItem(names.Of(r), r.ToString()));

    /// <summary>Without the schools of the register, which are thousands: they are named by their code.</summary>
    public IEnumerable<SelectListItem> ScopeItems => (OfAll ? Offered.Except(MadeSchools) : Offered).Select(s => new SelectListItem(names.Of(s), AccountChoices.Write(s)));

    private IEnumerable<Scope> MadeSchools => made.SelectMany(m => m.All).Select(p => p.Scope).Where(s => s.Kind == ScopeKind.School);

    private IEnumerable<Scope> Offered => OfAll ? AccountChoices.Scopes(region, made) : scopes.Value;

    public bool Holds(Scope scope) => OfAll || scopes.Value.Contains(scope);

    /// <summary>What an organisation's administrator administers with it: hotspots and units of home visits are their ASL's.</summary>
    public static IEnumerable<Scope> Under(Region region, IEnumerable<IMadePlaces> made, Scope scope) => scope.Kind != ScopeKind.Asl ? [scope] :
    [
        scope,
        .. region.Facilities.Where(f => f.Asl == scope.Code && f.Kind == FacilityKind.Hotspot).Select(f => new Scope(ScopeKind.Hotspot, f.Code)),
        .. region.Facilities.Where(f => f.Asl == scope.Code && f.Kind == FacilityKind.Usca).Select(f => new Scope(ScopeKind.Usca, f.Code)),
        .. made.SelectMany(m => m.All).Where(p => p.Asl == scope.Code).Select(p => p.Scope),
        .. region.Vaccination.Places.Where(p => p.Asl == scope.Code).Select(p => new Scope(ScopeKind.VaccinationCentre, p.Code)),
    ];

    /// <summary>The accounts with an assignment here that has not ended; and those whose last ones were all here.</summary>
    public IQueryable<Account> Of(IQueryable<Account> accounts)
    {
        if (OfAll)
            return accounts;
        user.Looked.Note(accounts);
        var today = Today;
        var here = scopes.Value.GroupBy(s => s.Kind, s => s.Code).Select(OfKind)
            .Aggregate((Expression<Func<AssignmentRow, bool>>)(_ => false), (some, more) => Expression.Lambda<Func<AssignmentRow, bool>>(
                Expression.OrElse(some.Body, Expression.Invoke(more, some.Parameters)), some.Parameters));
        return accounts.Where(a => a.Assignments.AsQueryable().Any(here)
            && (a.Assignments.AsQueryable().Where(here).Any(r => r.State != AssignmentState.Refused && (r.ValidTo == null || r.ValidTo >= today))
                || !a.Assignments.Any(r => r.State != AssignmentState.Refused && (r.ValidTo == null || r.ValidTo >= today))));
    }

    /// <summary>With all its assignments, to be changed; not found where somebody else administers it.</summary>
    public async Task<Account> Find(UserManagementDb db, Guid id, CancellationToken cancellation) =>
        await Of(db.Accounts).Include(a => a.Assignments).FirstOrDefaultAsync(a => a.Id == id, cancellation) ?? throw Refusal.NotFound();

    /// <summary>As <see cref="Find"/>, for what touches the whole account: whoever gives a password could sign in with all it opens.</summary>
    public async Task<Account> FindWhole(UserManagementDb db, Guid id, CancellationToken cancellation)
    {
        var account = await Find(db, id, cancellation);
        return HoldsWhole(account) ? account
            : throw new Refusal("works-elsewhere", "Questa persona ha profili anche in altre organizzazioni: lo chieda all’amministratore regionale.");
    }

    public bool HoldsWhole(Account account) =>
        OfAll || account.Assignments.Where(r => r.IsLive(Today)).All(r => Holds(r.Assignment.Scope));

    public RoleRule Rule(Role role) => region.Accounts.Of(role, Today);

    public bool MayGive(Assignment assignment) =>
        AccountChoices.Fits(assignment.Role, assignment.Scope.Kind) && Holds(assignment.Scope) && (OfAll || Rule(assignment.Role).Local);

    /// <summary>Gives the role as the region's rules have it: never to oneself, no longer than they say, and waiting for a second person where they want one.</summary>
    public AssignmentRow Give(Account account, Assignment assignment, DateOnly from, DateOnly? to)
    {
        if (!MayGive(assignment))
            throw new Refusal("not-yours-to-give", "Questo profilo in questo ambito non può darlo lei: lo chieda all’amministratore regionale.") { Kind = RefusalKind.Unprocessable };
        if (account.Id == user.Id)
            throw new Refusal("own-account", "Non può dare un profilo a sé stesso: lo chieda a un altro amministratore.") { Kind = RefusalKind.Unprocessable };
        var rule = Rule(assignment.Role);
        if (rule.LongestDays is { } longest)
        {
            var last = from.AddDays(longest - 1);
            if (to > last)
                throw new Refusal("too-long", "Questo profilo dura al massimo {0} giorni, poi si dà di nuovo.", longest) { Kind = RefusalKind.Unprocessable };
            to ??= last;
        }

        return account.Assign(assignment, from, to, clock.GetUtcNow(), user.Id, rule.SecondPerson);
    }

    private static Expression<Func<AssignmentRow, bool>> OfKind(IGrouping<ScopeKind, string> some)
    {
        var (kind, codes) = (some.Key, some.ToList());
        return r => r.ScopeKind == kind && codes.Contains(r.ScopeCode);
    }
}
