using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Passkeys;
using Platform.UserManagement.SecondFactor;

namespace Platform.UserManagement.Sessions;

/// <summary>By what somebody who is inside can prove anew that it is she.</summary>
[Requires(PlatformPermissions.SignedIn)]
internal sealed record WaysToProve : IQuery<WaysToProveAnswer>
{
    internal sealed class Handler(UserManagementDb db, ICurrentUser user) : IRequestHandler<WaysToProve, WaysToProveAnswer>
    {
        public async Task<WaysToProveAnswer> Handle(WaysToProve request, CancellationToken cancellationToken) =>
            await db.Accounts.Where(a => a.Id == user.Id)
                .Select(a => new WaysToProveAnswer(a.UserName!, a.PasswordHash != null, a.TwoFactorEnabled, a.HasPasskey, a.FiscalCode != null)).FirstOrDefaultAsync(cancellationToken)
                ?? throw Refusal.NotFound();
    }
}

/// <param name="External">She may sign in with her digital identity.</param>
internal sealed record WaysToProveAnswer(string UserName, bool Password, bool Code, bool Passkey, bool External);

/// <summary>Somebody who is inside proves that it is still she: with her password, a code of her telephone or a passkey. What is wrong counts with
/// the wrong passwords of the sign-in.</summary>
[Requires(PlatformPermissions.SignedIn)]
internal sealed record ProveAgain : ICommand<Unit>
{
    // An empty field is bound as null.
    public string? Password { get; init; }
    public string? Code { get; init; }

    /// <summary>JSON of the browser's answer.</summary>
    public string? Credential { get; init; }

    public string? State { get; init; }

    [BindNever]
    public Guid? Session { get; init; }

    [BindNever]
    public string? Address { get; init; }

    internal sealed class Validator : AbstractValidator<ProveAgain>
    {
        public Validator()
        {
            RuleFor(p => p.Password).MaximumLength(200).WithMessage("Il testo è troppo lungo.");
            RuleFor(p => p.Code).MaximumLength(40).WithMessage("Il testo è troppo lungo.");
            RuleFor(p => p.Credential).MaximumLength(20_000).WithMessage("Il testo è troppo lungo.").OverridePropertyName("");
        }
    }

    internal sealed class Handler(UserManagementDb db, UserManager<Account> accounts, PasskeyCeremony ceremony, SignInPace pace, ICurrentUser user, TimeProvider clock)
        : IRequestHandler<ProveAgain, Unit>
    {
        public async Task<Unit> Handle(ProveAgain request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var account = await db.Accounts.FirstOrDefaultAsync(a => a.Id == user.Id, cancellationToken) ?? throw Refusal.NotFound();
            pace.Take(request.Address, account.NormalizedUserName);
            if (request.Credential is { Length: > 0 } credential)
                await ByPasskey(account, credential, request.State, now, cancellationToken);
            else
                await ByWord(account, request, now, cancellationToken);
            await db.Sessions.Where(s => s.Id == request.Session && s.AccountId == account.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.ProvedAt, now.UtcDateTime), cancellationToken);
            return Unit.Value;
        }

        private async Task ByPasskey(Account account, string credential, string? state, DateTimeOffset now, CancellationToken cancellation)
        {
            var (whose, proved) = await ceremony.Asserted(credential, state, cancellation);
            if (whose.Id != account.Id || await db.UsedKey(whose.Id, proved, now, cancellation) is null)
                throw PasskeyCeremony.Refused();
            await db.SaveChangesAsync(cancellation);
        }

        private async Task ByWord(Account account, ProveAgain request, DateTimeOffset now, CancellationToken cancellation)
        {
            var code = account.TwoFactorEnabled && request.Code is { Length: > 0 } typed ? typed : null;
            if (code is null && request.Password is not { Length: > 0 })
                throw new ValidationException([new(account.PasswordHash is null && account.TwoFactorEnabled ? nameof(Code) : nameof(Password), "Scriva la password o il codice dell’app.")]);
            var counted = await account.CountAttempt(db, cancellation);
            var succeeded = !(account.LockoutEnd > now) && counted <= Account.FailuresToLock
                && (code is not null ? await account.TakeCode(db, code, now, cancellation) : account.PasswordHash is not null && await accounts.CheckPasswordAsync(account, request.Password!));
            await account.CloseAttempt(db, succeeded, counted, now, cancellation);
            if (succeeded)
                return;
            db.SignIns.Add(SignInRow.Of(account.Id, now, request.Address, succeeded: false));
            await db.SaveChangesAsync(cancellation);
            throw new ValidationException([new(code is not null ? nameof(Code) : nameof(Password), code is not null ? "Il codice non è corretto, è scaduto o è già stato usato." : "La password attuale non è corretta.")]);
        }
    }
}
