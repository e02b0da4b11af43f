using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.Accounts;

/// <summary>Somebody chooses the language of the mails she gets.</summary>
[Requires(PlatformPermissions.SignedIn)]
internal sealed record ChangeLanguage : ICommand<Unit>
{
    public string Language { get; init; } = "";

    internal sealed class Validator : AbstractValidator<ChangeLanguage>
    {
        public Validator() =>
            RuleFor(c => c.Language).Must(l => l is "it" or "en").WithMessage("Il valore non è valido.");
    }

    internal sealed class Handler(UserManagementDb db, ICurrentUser user) : IRequestHandler<ChangeLanguage, Unit>
    {
        public async Task<Unit> Handle(ChangeLanguage request, CancellationToken cancellationToken)
        {
            var account = await db.Accounts.FirstOrDefaultAsync(a => a.Id == user.Id, cancellationToken) ?? throw Refusal.NotFound();
            account.Language = request.Language;
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
