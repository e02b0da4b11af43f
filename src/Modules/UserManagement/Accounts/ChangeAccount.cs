using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.Accounts;

/// <summary>The account may not sign in any more; its sessions end at their next request.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record DeactivateAccount(Guid Id) : ICommand<Unit>, IAsksProof
{
    internal sealed class Handler(UserManagementDb db, Administration administration, ICurrentUser user, TimeProvider clock) : IRequestHandler<DeactivateAccount, Unit>
    {
        public async Task<Unit> Handle(DeactivateAccount request, CancellationToken cancellationToken)
        {
            var account = await administration.FindWhole(db, request.Id, cancellationToken);
            account.Deactivate(user.Id, clock.GetUtcNow());
            db.Note("users.DeactivateAccount", account.Id);
            // Reactivated within the day, she signs in again.
            await db.Sessions.Where(s => s.AccountId == account.Id).ExecuteDeleteAsync(cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>The account may sign in again, with the assignments it has today.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record ReactivateAccount(Guid Id) : ICommand<Unit>, IAsksProof
{
    internal sealed class Handler(UserManagementDb db, Administration administration) : IRequestHandler<ReactivateAccount, Unit>
    {
        public async Task<Unit> Handle(ReactivateAccount request, CancellationToken cancellationToken)
        {
            var account = await administration.FindWhole(db, request.Id, cancellationToken);
            account.Reactivate();
            db.Note("users.ReactivateAccount", account.Id);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>Somebody forgot her password: a new one, shown once; her sessions and the lock end.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record ResetPassword(Guid Id) : ICommand<PasswordShownOnce>, IAsksProof
{
    internal sealed class Handler(UserManagementDb db, Administration administration, UserManager<Account> accounts, IPasswordHasher<Account> hasher, TimeProvider clock)
        : IRequestHandler<ResetPassword, PasswordShownOnce>
    {
        public async Task<PasswordShownOnce> Handle(ResetPassword request, CancellationToken cancellationToken)
        {
            var account = await administration.FindWhole(db, request.Id, cancellationToken);
            var password = Passwords.New();
            db.Note("users.ResetPassword", account.Id);
            db.Tell(new AccessChanged(account.Id, AccessPart.Password));
            account.PasswordHash = hasher.HashPassword(account, password);
            (account.AccessFailedCount, account.LockoutEnd, account.MustChangePassword) = (0, null, true);
            account.PasswordExpiresAt = clock.GetUtcNow().UtcDateTime + Passwords.LifeOfGiven;
            // The store saves, with a new security stamp.
            await accounts.UpdateSecurityStampAsync(account);
            return new(account.Id, password);
        }
    }
}

/// <summary>Somebody lost her telephone: the next sign-in sets a new one up. Her sessions end, and the recovery codes with them.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record ResetSecondFactor(Guid Id) : ICommand<Unit>, IAsksProof
{
    internal sealed class Handler(UserManagementDb db, Administration administration, UserManager<Account> accounts, ICurrentUser user) : IRequestHandler<ResetSecondFactor, Unit>
    {
        public async Task<Unit> Handle(ResetSecondFactor request, CancellationToken cancellationToken)
        {
            var account = await administration.FindWhole(db, request.Id, cancellationToken);
            account.ResetSecondFactor(user.Id);
            db.Note("users.ResetSecondFactor", account.Id);
            db.Tell(new AccessChanged(account.Id, AccessPart.SecondFactorReset));
            db.RecoveryCodes.RemoveRange(await db.RecoveryCodes.Where(r => r.AccountId == account.Id).ToListAsync(cancellationToken));
            db.Passkeys.RemoveRange(await db.Passkeys.Where(p => p.AccountId == account.Id).ToListAsync(cancellationToken));
            // The store saves, with a new security stamp.
            await accounts.UpdateSecurityStampAsync(account);
            return Unit.Value;
        }
    }
}

/// <summary>The account holds one more role within a scope, from a day on.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record AssignRole : ICommand<Unit>, IAsksProof
{
    public Guid AccountId { get; init; }
    public Role? Role { get; init; }

    /// <summary><c>Asl:010301</c></summary>
    public string Scope { get; init; } = "";

    /// <inheritdoc cref="AddAccount.School"/>
    public string? School { get; init; }

    internal string ScopeText => AccountChoices.OrSchool(Scope, School);

    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }

    internal sealed class Validator : AbstractValidator<AssignRole>
    {
        public Validator(Region region, IEnumerable<IMadePlaces> made)
        {
            RuleFor(a => a.Role).Must(r => r is { } role && AccountChoices.Roles.Contains(role)).WithMessage("Scelga il profilo.");
            RuleFor(a => a.Scope).Must((a, _) => AccountChoices.Read(region, made, a.ScopeText) is not null).When(a => string.IsNullOrWhiteSpace(a.School)).WithMessage("Scelga l’ambito.");
            RuleFor(a => a.School).Must((a, _) => AccountChoices.Read(region, made, a.ScopeText) is not null).When(a => !string.IsNullOrWhiteSpace(a.School)).WithMessage("Nessuna scuola del registro ha questo codice.");
            RuleFor(a => a.Scope).Must((a, _) => AccountChoices.Fits(a.Role!.Value, AccountChoices.Read(region, made, a.ScopeText)!.Value.Kind))
                .When(a => a.Role is not null && AccountChoices.Read(region, made, a.ScopeText) is not null)
                .WithMessage("Questo ambito non si addice al profilo: un medico ha la lista di un medico, un laboratorio il suo laboratorio.");
            RuleFor(a => a.From).NotNull().WithMessage("Scelga il giorno di inizio.");
            RuleFor(a => a.To).GreaterThanOrEqualTo(a => a.From).When(a => a.To is not null && a.From is not null)
                .WithMessage("La fine viene prima dell’inizio.");
        }
    }

    internal sealed class Handler(UserManagementDb db, Administration administration, Region region, IEnumerable<IMadePlaces> made) : IRequestHandler<AssignRole, Unit>
    {
        public async Task<Unit> Handle(AssignRole request, CancellationToken cancellationToken)
        {
            var account = await administration.Find(db, request.AccountId, cancellationToken);
            db.Assignments.Add(administration.Give(
                account, new(request.Role!.Value, AccountChoices.Read(region, made, request.ScopeText)!.Value), request.From!.Value, request.To));
            db.Note("users.AssignRole", account.Id);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>Today is not among the days of the assignment any more: it ended yesterday, or never begins. The substitutes to whom its
/// holder had lent the list lose it with her.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record EndAssignment(Guid AccountId, Guid AssignmentId) : ICommand<Unit>, IAsksProof
{
    internal sealed class Handler(UserManagementDb db, Administration administration, ICurrentUser user) : IRequestHandler<EndAssignment, Unit>
    {
        public async Task<Unit> Handle(EndAssignment request, CancellationToken cancellationToken)
        {
            var account = await administration.Find(db, request.AccountId, cancellationToken);
            if (!account.Assignments.Any(r => r.Id == request.AssignmentId && administration.Holds(r.Assignment.Scope)))
                throw Refusal.NotFound();
            var ended = account.End(request.AssignmentId, user.Id, administration.Today);
            var lent = await db.Assignments.Where(r => r.DelegatedBy == account.Id && r.ScopeKind == ended.ScopeKind && r.ScopeCode == ended.ScopeCode)
                .ToListAsync(cancellationToken);
            lent.ForEach(r => r.End(administration.Today));
            db.Note("users.EndAssignment", [account.Id, .. lent.Select(r => r.AccountId)]);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
