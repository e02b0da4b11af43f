using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Platform.BuildingBlocks.Regions;
using Platform.UserManagement.Contracts;

namespace Platform.UserManagement.Accounts;

internal sealed class CreateAccountHandler(UserManager<Account> accounts, IPasswordHasher<Account> hasher, Region region, TimeProvider clock)
    : IRequestHandler<CreateAccount, Guid>
{
    public async Task<Guid> Handle(CreateAccount request, CancellationToken cancellationToken)
    {
        if (await accounts.FindByNameAsync(request.UserName) is { } known)
            return known.Id;
        var now = clock.GetUtcNow();
        var account = new Account
        {
            Id = Guid.CreateVersion7(now),
            UserName = request.UserName,
            Email = request.Email,
            DisplayName = request.DisplayName,
            SearchName = Account.SearchNameOf(request.DisplayName, request.UserName, request.Email),
            Language = request.Language,
            CreatedAt = now.UtcDateTime,
        };
        foreach (var assignment in request.Assignments)
            account.Assign(assignment, region.DayOf(now), null, now);

        // Made by the command line, or known to everybody in a demonstration: nobody chose it. The store saves.
        account.PasswordHash = hasher.HashPassword(account, request.Password);
        var result = await accounts.CreateAsync(account);
        return result.Succeeded ? account.Id : throw Invalid.From(result, nameof(CreateAccount.Password));
    }
}

/// <summary>What Identity finds wrong, beside the field it is about.</summary>
internal static class Invalid
{
    public static ValidationException From(IdentityResult result, string passwordField) =>
        new(result.Errors.Select(e => new ValidationFailure(Field(e.Code, passwordField), e.Description)));

    private static string Field(string code, string passwordField) =>
        code.Contains("Email", StringComparison.Ordinal) ? nameof(CreateAccount.Email)
        : code.Contains("UserName", StringComparison.Ordinal) ? nameof(CreateAccount.UserName)
        : passwordField;
}

/// <summary>Identity's refusals as sentences of ours; each is the key of its translation.</summary>
internal sealed class ItalianIdentityErrors : IdentityErrorDescriber
{
    public override IdentityError DuplicateUserName(string userName) => Say(nameof(DuplicateUserName), "Questo nome utente è già in uso.");
    public override IdentityError InvalidUserName(string? userName) => Say(nameof(InvalidUserName), "Il nome utente può contenere solo lettere, cifre e i segni - . _ @ +");
    public override IdentityError DuplicateEmail(string email) => Say(nameof(DuplicateEmail), "Questo indirizzo e-mail è già in uso.");
    public override IdentityError InvalidEmail(string? email) => Say(nameof(InvalidEmail), "Questo non è un indirizzo e-mail.");
    public override IdentityError PasswordMismatch() => Say(nameof(PasswordMismatch), "La password attuale non è corretta.");
    public override IdentityError PasswordTooShort(int length) => Say(nameof(PasswordTooShort), "La password deve avere almeno 12 caratteri.");
    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) => Say(nameof(PasswordRequiresUniqueChars), "La password deve avere almeno 6 caratteri diversi fra loro.");
    public override IdentityError ConcurrencyFailure() => Say(nameof(ConcurrencyFailure), "Qualcun altro ha modificato questi dati nel frattempo: ricarichi la pagina e riprovi.");

    public static IdentityError Say(string code, string italian) => new() { Code = code, Description = italian };
}
