using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.ExternalSignIn;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.ExternalSignIn;

/// <summary>Whose account it is, by codice fiscale: from then on she comes in with her digital identity. Only who administers all that
/// the account opens says so. Her sessions end.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record SetFiscalCode : ICommand<Unit>, IAsksProof
{
    public Guid AccountId { get; init; }

    /// <summary>Empty: no digital identity opens the account any more.</summary>
    public string? FiscalCode { get; init; }

    internal string? Tidy => string.Concat((FiscalCode ?? "").Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant() is { Length: > 0 } code ? code : null;

    internal sealed class Validator : AbstractValidator<SetFiscalCode>
    {
        public Validator(IFiscalCodes codes) =>
            RuleFor(s => s.FiscalCode).Must((s, _) => s.Tidy is not { } code || (code.Length == Account.FiscalCodeLength && codes.IsValid(code)))
                .WithMessage("Il codice fiscale non è valido: lo ricontrolli.");
    }

    internal sealed class Handler(UserManagementDb db, Administration administration, UserManager<Account> accounts, IDatabaseEngine engine) : IRequestHandler<SetFiscalCode, Unit>
    {
        public async Task<Unit> Handle(SetFiscalCode request, CancellationToken cancellationToken)
        {
            var account = await administration.FindWhole(db, request.AccountId, cancellationToken);
            if (account.FiscalCode == request.Tidy)
                return Unit.Value;
            if (request.Tidy is { } code && await db.Accounts.AnyAsync(a => a.FiscalCode == code, cancellationToken))
                throw Taken();
            account.FiscalCode = request.Tidy;
            db.Note("users.SetFiscalCode", account.Id);
            db.Tell(new AccessChanged(account.Id, AccessPart.DigitalIdentity));
            try
            {
                // The store saves, with a new security stamp.
                await accounts.UpdateSecurityStampAsync(account);
            }
            catch (DbUpdateException twin) when (engine.IsDuplicate(twin))
            {
                throw Taken();
            }

            return Unit.Value;
        }

        private static Refusal Taken() => new("fiscal-code-taken", "Questo codice fiscale è già quello di un altro utente.");
    }
}

/// <summary>What the page shows.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record FiscalCodeOfAccount(Guid AccountId) : IQuery<FiscalCodeOfAccountAnswer>
{
    internal sealed class Handler(UserManagementDb db, Administration administration) : IRequestHandler<FiscalCodeOfAccount, FiscalCodeOfAccountAnswer>
    {
        public async Task<FiscalCodeOfAccountAnswer> Handle(FiscalCodeOfAccount request, CancellationToken cancellationToken)
        {
            var account = await administration.FindWhole(db, request.AccountId, cancellationToken);
            return new(account.DisplayName, account.FiscalCode);
        }
    }
}

internal sealed record FiscalCodeOfAccountAnswer(string DisplayName, string? FiscalCode);
