using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.AccessLinks;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.Delegations;

/// <summary>A doctor lends her list to her substitute, who does as she does, or to a secretary, who does less, from a day to a day; who has
/// no access gets an invitation. Only the holder of the list may: not a substitute of hers, not an administrator.</summary>
[Requires(UserManagementModule.Delegate)]
internal sealed record GrantDelegation : ICommand<Unit>, IAsksProof, IPaced
{
    /// <summary>The doctor's code: one may have more lists than one.</summary>
    public string List { get; init; } = "";

    public DelegationKind Kind { get; init; }

    /// <summary>User name or e-mail address.</summary>
    public string Substitute { get; init; } = "";

    /// <summary>Of somebody who has no access yet.</summary>
    public string? DisplayName { get; init; }

    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }

    internal sealed class Validator : AbstractValidator<GrantDelegation>
    {
        public Validator(Region region, TimeProvider clock)
        {
            RuleFor(d => d.Kind).IsInEnum().WithMessage("Il valore non è valido.");
            RuleFor(d => d.List).NotEmpty().WithMessage("Scelga la lista.");
            RuleFor(d => d.Substitute).NotEmpty().WithMessage("Scriva il nome utente o l’e-mail della persona.").MaximumLength(Account.EmailLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(d => d.DisplayName).MaximumLength(Account.DisplayNameLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(d => d.From).NotNull().WithMessage("Scelga il giorno di inizio.")
                .Must(f => f >= region.DayOf(clock.GetUtcNow())).When(d => d.From is not null).WithMessage("La delega comincia da oggi in poi.");
            RuleFor(d => d.To).NotNull().WithMessage("Scelga l’ultimo giorno della delega.");
            RuleFor(d => d.To).GreaterThanOrEqualTo(d => d.From).When(d => d.To is not null && d.From is not null).WithMessage("La fine viene prima dell’inizio.");
        }
    }

    internal sealed class Handler(UserManagementDb db, UserManager<Account> accounts, ICurrentUser user, Region region, TimeProvider clock)
        : IRequestHandler<GrantDelegation, Unit>
    {
        public async Task<Unit> Handle(GrantDelegation request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var (from, to) = (request.From!.Value, request.To!.Value);
            var own = (await db.ListsOf(user, region.DayOf(now), cancellationToken)).FirstOrDefault(r => r.ScopeCode == request.List) ?? throw Refusal.NotFound();
            var role = request.Kind == DelegationKind.Secretary ? Role.Secretary : own.Role;
            var rule = region.Accounts.Of(role, from);
            if ((role == Role.Secretary ? rule.LongestDays : rule.DelegableDays) is not { } longest)
                throw new Refusal("not-delegable", "Questo profilo non si può delegare.") { Kind = RefusalKind.Unprocessable };
            if (to > from.AddDays(longest - 1))
                throw new Refusal("too-long", "Una delega dura al massimo {0} giorni.", longest) { Kind = RefusalKind.Unprocessable };
            if (to > own.ValidTo)
                throw new ValidationException([new(nameof(To), "La delega non può durare più del suo profilo.")]);

            var name = accounts.NormalizeName(request.Substitute.Trim());
            var account = await db.Accounts.Include(a => a.Assignments)
                .FirstOrDefaultAsync(a => a.NormalizedUserName == name || a.NormalizedEmail == name, cancellationToken);
            if (account is null)
            {
                account = Invited(request, now);
                db.Tell(RoleChanged.Of(account.Delegate(own, role, from, to, now), RoleNews.Delegated, account.DisplayName, user.DisplayName));
                db.Note("users.GrantDelegation", account.Id);
                db.Tell(new AccessLinkAsked(account.Id, AccessLinkPurpose.Invitation));
                // The store saves.
                var made = await accounts.CreateAsync(account);
                return made.Succeeded ? Unit.Value : throw new ValidationException([new(nameof(Substitute), made.Errors.First().Description)]);
            }

            if (account.Id == user.Id)
                throw new ValidationException([new(nameof(Substitute), "Scelga un’altra persona.")]);
            if (account.DeactivatedAt is not null || account.Assignments.Any(r => r.IsLive(from) && !(role == Role.Secretary ? r.Role == Role.Secretary : r.Role is Role.Gp or Role.Paediatrician)))
            {
                throw new ValidationException([new(nameof(Substitute), role == Role.Secretary
                    ? "Questo accesso ha un altro profilo: la segreteria ne ha uno suo." : "Questo accesso non è di un medico: la delega si dà a un medico.")]);
            }

            var lent = account.Delegate(own, role, from, to, now);
            db.Assignments.Add(lent);
            db.Tell(RoleChanged.Of(lent, RoleNews.Delegated, account.DisplayName, user.DisplayName));
            db.Note("users.GrantDelegation", account.Id);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }

        private static Account Invited(GrantDelegation request, DateTimeOffset now)
        {
            var (email, displayName) = (request.Substitute.Trim(), request.DisplayName?.Trim() ?? "");
            if (displayName.Length == 0 || !email.Contains('@', StringComparison.Ordinal))
                throw new ValidationException([new(nameof(Substitute), "Nessuno ha questo nome utente o questa e-mail. Per invitare la persona scriva la sua e-mail e il suo nome.")]);
            return new()
            {
                Id = Guid.CreateVersion7(now), UserName = email.Length > Account.UserNameLength ? email[..Account.UserNameLength] : email, Email = email,
                DisplayName = displayName, SearchName = Account.SearchNameOf(displayName, email, email), Language = "it", CreatedAt = now.UtcDateTime,
            };
        }
    }
}

internal enum DelegationKind
{
    /// <summary>A doctor, who sees and does what the list's own doctor does.</summary>
    Substitute,

    /// <summary>Appointments, requests and contacts; no result, no reason, no symptom.</summary>
    Secretary,
}

/// <summary>The doctor takes her list back, from the other's next request on.</summary>
[Requires(UserManagementModule.Delegate)]
internal sealed record RevokeDelegation(Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(UserManagementDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<RevokeDelegation, Unit>
    {
        public async Task<Unit> Handle(RevokeDelegation request, CancellationToken cancellationToken)
        {
            var row = await db.Assignments.FirstOrDefaultAsync(r => r.Id == request.Id && r.DelegatedBy == user.Id, cancellationToken) ?? throw Refusal.NotFound();
            row.End(region.DayOf(clock.GetUtcNow()));
            db.Tell(RoleChanged.Of(row, RoleNews.Revoked, "", user.DisplayName));
            db.Note("users.RevokeDelegation", row.AccountId);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

internal static class OwnLists
{
    /// <summary>The lists that are the doctor's own today, not lent to her.</summary>
    public static Task<List<AssignmentRow>> ListsOf(this UserManagementDb db, ICurrentUser user, DateOnly today, CancellationToken cancellation) =>
        db.Assignments.AsNoTracking().Where(r => r.AccountId == user.Id && r.ScopeKind == ScopeKind.GpList && (r.Role == Role.Gp || r.Role == Role.Paediatrician)
            && r.State == AssignmentState.Given && r.DelegatedBy == null && r.ValidFrom <= today && (r.ValidTo == null || r.ValidTo >= today))
            .OrderBy(r => r.ScopeCode).ToListAsync(cancellation);
}
