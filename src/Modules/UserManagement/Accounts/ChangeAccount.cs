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
internal sealed record DeactivateAccount(Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(UserManagementDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<DeactivateAccount, Unit>
    {
        public async Task<Unit> Handle(DeactivateAccount request, CancellationToken cancellationToken)
        {
            var account = await db.Accounts.FirstOrDefaultAsync(a => a.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            account.Deactivate(user.Id, clock.GetUtcNow());
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>The account may sign in again, with the assignments it has today.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record ReactivateAccount(Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(UserManagementDb db) : IRequestHandler<ReactivateAccount, Unit>
    {
        public async Task<Unit> Handle(ReactivateAccount request, CancellationToken cancellationToken)
        {
            var account = await db.Accounts.FirstOrDefaultAsync(a => a.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            account.Reactivate();
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>Somebody forgot her password: a new one, shown once; her sessions and the lock end.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record ResetPassword(Guid Id) : ICommand<PasswordShownOnce>
{
    internal sealed class Handler(UserManagementDb db, UserManager<Account> accounts, IPasswordHasher<Account> hasher)
        : IRequestHandler<ResetPassword, PasswordShownOnce>
    {
        public async Task<PasswordShownOnce> Handle(ResetPassword request, CancellationToken cancellationToken)
        {
            var account = await db.Accounts.FirstOrDefaultAsync(a => a.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var password = Passwords.New();
            account.PasswordHash = hasher.HashPassword(account, password);
            (account.AccessFailedCount, account.LockoutEnd, account.MustChangePassword) = (0, null, true);
            // The store saves, with a new security stamp.
            await accounts.UpdateSecurityStampAsync(account);
            return new(account.Id, password);
        }
    }
}

/// <summary>Somebody lost her telephone: the next sign-in sets a new one up. Her sessions end, and the recovery codes with them.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record ResetSecondFactor(Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(UserManagementDb db, UserManager<Account> accounts, ICurrentUser user) : IRequestHandler<ResetSecondFactor, Unit>
    {
        public async Task<Unit> Handle(ResetSecondFactor request, CancellationToken cancellationToken)
        {
            var account = await db.Accounts.FirstOrDefaultAsync(a => a.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            account.ResetSecondFactor(user.Id);
            db.RecoveryCodes.RemoveRange(await db.RecoveryCodes.Where(r => r.AccountId == account.Id).ToListAsync(cancellationToken));
            // The store saves, with a new security stamp.
            await accounts.UpdateSecurityStampAsync(account);
            return Unit.Value;
        }
    }
}

/// <summary>The account holds one more role within a scope, from a day on.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record AssignRole : ICommand<Unit>
{
    public Guid AccountId { get; init; }
    public Role? Role { get; init; }

    /// <summary><c>Asl:010301</c></summary>
    public string Scope { get; init; } = "";

    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }

    internal sealed class Validator : AbstractValidator<AssignRole>
    {
        public Validator(Region region)
        {
            RuleFor(a => a.Role).Must(r => r is not null and not BuildingBlocks.Security.Role.LabImport).WithMessage("Scelga il profilo.");
            RuleFor(a => a.Scope).Must(s => AccountChoices.Read(region, s) is not null).WithMessage("Scelga l’ambito.");
            RuleFor(a => a.Scope).Must((a, s) => AccountChoices.Read(region, s)?.Kind == AccountChoices.KindOf(a.Role!.Value))
                .When(a => a.Role is not null && AccountChoices.Read(region, a.Scope) is not null)
                .WithMessage("Questo ambito non si addice al profilo: un medico ha la lista di un medico, un laboratorio il suo laboratorio.");
            RuleFor(a => a.From).NotNull().WithMessage("Scelga il giorno di inizio.");
            RuleFor(a => a.To).GreaterThanOrEqualTo(a => a.From).When(a => a.To is not null && a.From is not null)
                .WithMessage("La fine viene prima dell’inizio.");
        }
    }

    internal sealed class Handler(UserManagementDb db, Region region, TimeProvider clock) : IRequestHandler<AssignRole, Unit>
    {
        public async Task<Unit> Handle(AssignRole request, CancellationToken cancellationToken)
        {
            var account = await db.Accounts.Include(a => a.Assignments).FirstOrDefaultAsync(a => a.Id == request.AccountId, cancellationToken)
                ?? throw Refusal.NotFound();
            db.Assignments.Add(account.Assign(
                new(request.Role!.Value, AccountChoices.Read(region, request.Scope)!.Value), request.From!.Value, request.To, clock.GetUtcNow()));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>Today is not among the days of the assignment any more: it ended yesterday, or never begins.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record EndAssignment(Guid AccountId, Guid AssignmentId) : ICommand<Unit>
{
    internal sealed class Handler(UserManagementDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<EndAssignment, Unit>
    {
        public async Task<Unit> Handle(EndAssignment request, CancellationToken cancellationToken)
        {
            var account = await db.Accounts.Include(a => a.Assignments).FirstOrDefaultAsync(a => a.Id == request.AccountId, cancellationToken)
                ?? throw Refusal.NotFound();
            account.End(request.AssignmentId, user.Id, region.DayOf(clock.GetUtcNow()));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
