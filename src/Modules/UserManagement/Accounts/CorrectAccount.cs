using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;

namespace Platform.UserManagement.Accounts;

/// <summary>An administrator puts somebody's name or e-mail address right. Who had the account's mail is told at the old address.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record CorrectAccount : ICommand<Unit>, IAsksProof
{
    public Guid AccountId { get; init; }
    public string DisplayName { get; init; } = "";
    public string Email { get; init; } = "";

    internal sealed class Validator : AbstractValidator<CorrectAccount>
    {
        public Validator()
        {
            RuleFor(a => a.DisplayName).MustBeAName();
            RuleFor(a => a.Email).MustBeAnAddress();
        }
    }

    internal sealed class Handler(UserManagementDb db, Administration administration, AccountMail mail) : IRequestHandler<CorrectAccount, Unit>
    {
        public async Task<Unit> Handle(CorrectAccount request, CancellationToken cancellationToken)
        {
            var account = await administration.FindWhole(db, request.AccountId, cancellationToken);
            db.Note("users.CorrectAccount", account.Id);
            account.DisplayName = request.DisplayName.Trim();
            await mail.Change(account, request.Email.Trim(), confirmed: false, cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>Somebody puts her own name right.</summary>
[Requires(PlatformPermissions.SignedIn)]
internal sealed record ChangeOwnName : ICommand<Unit>
{
    public string DisplayName { get; init; } = "";

    internal sealed class Validator : AbstractValidator<ChangeOwnName>
    {
        public Validator() => RuleFor(a => a.DisplayName).MustBeAName();
    }

    internal sealed class Handler(UserManagementDb db, ICurrentUser user) : IRequestHandler<ChangeOwnName, Unit>
    {
        public async Task<Unit> Handle(ChangeOwnName request, CancellationToken cancellationToken)
        {
            var account = await db.Accounts.FirstOrDefaultAsync(a => a.Id == user.Id, cancellationToken) ?? throw Refusal.NotFound();
            account.DisplayName = request.DisplayName.Trim();
            account.SearchName = Account.SearchNameOf(account.DisplayName, account.UserName!, account.Email!);
            db.Note("users.ChangeOwnName", account.Id);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>Gives an account another address; the one before it is told, so that nobody's mail is taken away unseen.</summary>
internal sealed class AccountMail(UserManager<Account> accounts, IDatabaseEngine engine, IMediator mediator, Texts texts, TimeProvider clock)
{
    public async Task Change(Account account, string email, bool confirmed, CancellationToken cancellation)
    {
        var before = account.Email!;
        var other = !string.Equals(before, email, StringComparison.OrdinalIgnoreCase);
        account.Email = email;
        account.EmailConfirmed = confirmed || (account.EmailConfirmed && !other);
        account.SearchName = Account.SearchNameOf(account.DisplayName, account.UserName!, email);
        try
        {
            // The store saves, and says whether somebody else has the address.
            var saved = await accounts.UpdateAsync(account);
            if (!saved.Succeeded)
                throw Invalid.From(saved, "");
        }
        catch (DbUpdateException twin) when (engine.IsDuplicate(twin))
        {
            throw new ValidationException([new(nameof(CorrectAccount.Email), "Questo indirizzo e-mail è già in uso.")]);
        }

        if (other)
        {
            await mediator.Send(new PostMail(Guid.CreateVersion7(clock.GetUtcNow()), before, "L’indirizzo e-mail del suo accesso è cambiato",
                texts["Da ora i messaggi per il suo accesso alla piattaforma regionale vanno a un altro indirizzo. Se non l’ha chiesto lei, lo dica a chi amministra gli accessi."].Value + "\r\n", null), cancellation);
        }
    }
}

internal static class AccountTexts
{
    public static void MustBeAName<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().WithMessage("Scriva nome e cognome.").MaximumLength(Account.DisplayNameLength).WithMessage("Il testo è troppo lungo.");

    public static void MustBeAnAddress<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().WithMessage("Scriva l’indirizzo e-mail.").MaximumLength(Account.EmailLength).WithMessage("Il testo è troppo lungo.")
            .Must(e => System.Net.Mail.MailAddress.TryCreate(e?.Trim(), out var address) && address.Address == e!.Trim()).WithMessage("Questo non è un indirizzo e-mail.");
}
