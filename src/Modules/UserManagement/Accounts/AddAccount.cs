using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.AccessLinks;

namespace Platform.UserManagement.Accounts;

/// <summary>An administrator opens an account for somebody, with a first role: she is invited by mail, or gets a password that is shown once.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record AddAccount : ICommand<PasswordShownOnce>, IAsksProof, IPaced
{
    /// <summary>Made by the form; the account's id, so that a second post makes no second account.</summary>
    public Guid Id { get; init; }

    public string UserName { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public string Email { get; init; } = "";
    public string Language { get; init; } = "it";
    public Role? Role { get; init; }

    /// <summary><c>Asl:010301</c></summary>
    public string Scope { get; init; } = "";

    /// <summary>Code of a school of the register, in the scope's place.</summary>
    public string? School { get; init; }

    internal string ScopeText => AccountChoices.OrSchool(Scope, School);

    /// <summary>By a link in a mail, instead of a password that is shown once.</summary>
    public bool Invite { get; init; }

    internal sealed class Validator : AbstractValidator<AddAccount>
    {
        public Validator(Region region, IEnumerable<IMadePlaces> made)
        {
            RuleFor(a => a.Id).NotEmpty();
            RuleFor(a => a.UserName).NotEmpty().WithMessage("Scriva il nome utente.").MaximumLength(Account.UserNameLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(a => a.DisplayName).NotEmpty().WithMessage("Scriva nome e cognome.").MaximumLength(Account.DisplayNameLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(a => a.Email).NotEmpty().WithMessage("Scriva l’indirizzo e-mail.").MaximumLength(Account.EmailLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(a => a.Language).Must(l => l is "it" or "en").WithMessage("Il valore non è valido.");
            RuleFor(a => a.Role).Must(r => r is { } role && AccountChoices.Roles.Contains(role)).WithMessage("Scelga il profilo.");
            RuleFor(a => a.Scope).Must((a, _) => AccountChoices.Read(region, made, a.ScopeText) is not null).When(a => string.IsNullOrWhiteSpace(a.School)).WithMessage("Scelga l’ambito.");
            RuleFor(a => a.School).Must((a, _) => AccountChoices.Read(region, made, a.ScopeText) is not null).When(a => !string.IsNullOrWhiteSpace(a.School)).WithMessage("Nessuna scuola del registro ha questo codice.");
            RuleFor(a => a.Scope).Must((a, _) => AccountChoices.Fits(a.Role!.Value, AccountChoices.Read(region, made, a.ScopeText)!.Value.Kind))
                .When(a => a.Role is not null && AccountChoices.Read(region, made, a.ScopeText) is not null)
                .WithMessage("Questo ambito non si addice al profilo: un medico ha la lista di un medico, un laboratorio il suo laboratorio.");
        }
    }

    internal sealed class Handler(UserManagementDb db, Administration administration, UserManager<Account> accounts, IDatabaseEngine engine, Region region, IEnumerable<IMadePlaces> made, TimeProvider clock)
        : IRequestHandler<AddAccount, PasswordShownOnce>
    {
        public async Task<PasswordShownOnce> Handle(AddAccount request, CancellationToken cancellationToken)
        {
            if (await db.Accounts.AnyAsync(a => a.Id == request.Id, cancellationToken))
                return new(request.Id, null);
            var now = clock.GetUtcNow();
            var scope = AccountChoices.Read(region, made, request.ScopeText)!.Value;
            var account = new Account
            {
                Id = request.Id,
                UserName = request.UserName.Trim(),
                Email = request.Email.Trim(),
                DisplayName = request.DisplayName.Trim(),
                SearchName = Account.SearchNameOf(request.DisplayName, request.UserName, request.Email),
                Language = request.Language,
                CreatedAt = now.UtcDateTime,
                MustChangePassword = !request.Invite,
                PasswordExpiresAt = request.Invite ? null : now.UtcDateTime + Passwords.LifeOfGiven,
            };
            administration.Give(account, new(request.Role!.Value, scope), administration.Today, null);
            db.Note("users.AddAccount", account.Id);
            var password = request.Invite ? null : Passwords.New();
            if (request.Invite)
                db.Tell(new AccessLinkAsked(account.Id, AccessLinkPurpose.Invitation));
            try
            {
                // The store saves.
                var result = password is null ? await accounts.CreateAsync(account) : await accounts.CreateAsync(account, password);
                return result.Succeeded ? new(account.Id, password) : throw Invalid.From(result, "");
            }
            catch (Exception failure) when (failure is DbUpdateException update && engine.IsDuplicate(update) || TwinWasRead(account))
            {
                // The form came twice at once, or somebody has just taken the name.
                db.ChangeTracker.Clear();
                return await db.Accounts.AnyAsync(a => a.Id == request.Id, cancellationToken) ? new(request.Id, null) : throw Refusal.ChangedMeanwhile();
            }
        }

        // Identity looks for the name before it adds: the same form's other post may have just saved, and its row stands in the way.
        private bool TwinWasRead(Account account) => db.Accounts.Local.Any(a => a.Id == account.Id && a != account);
    }
}

/// <param name="Password">Null when it has been shown before, or an invitation goes by mail.</param>
internal sealed record PasswordShownOnce(Guid AccountId, string? Password);
