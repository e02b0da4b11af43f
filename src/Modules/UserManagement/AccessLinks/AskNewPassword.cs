using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Sessions;

namespace Platform.UserManagement.AccessLinks;

/// <summary>Somebody forgot her password. The answer is the same whether there is such an account or not; the mail goes out later,
/// so that neither the time tells.</summary>
[OpenToAll("Who cannot sign in must be able to ask.")]
internal sealed record AskNewPassword : ICommand<Unit>
{
    /// <summary>Or the e-mail address.</summary>
    public string UserName { get; init; } = "";

    [BindNever]
    public string? Address { get; init; }

    internal sealed class Validator : AbstractValidator<AskNewPassword>
    {
        public Validator() =>
            RuleFor(s => s.UserName).NotEmpty().WithMessage("Scriva il nome utente.").MaximumLength(Account.EmailLength).WithMessage("Il testo è troppo lungo.");
    }

    internal sealed class Handler(UserManagementDb db, UserManager<Account> accounts, SignInPace pace) : IRequestHandler<AskNewPassword, Unit>
    {
        public async Task<Unit> Handle(AskNewPassword request, CancellationToken cancellationToken)
        {
            var name = accounts.NormalizeName(request.UserName.Trim());
            pace.Take(request.Address, name);
            var account = await db.Accounts.AsNoTracking()
                .FirstOrDefaultAsync(a => (a.NormalizedUserName == name || a.NormalizedEmail == name) && a.DeactivatedAt == null, cancellationToken);
            // An id of nobody costs the same, and its reaction finds nothing to do.
            db.Tell(new AccessLinkAsked(account?.Id ?? Guid.Empty, AccessLinkPurpose.NewPassword));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
