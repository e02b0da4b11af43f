using System.Globalization;
using System.Net.Mail;
using Microsoft.AspNetCore.Identity;
using Platform.BuildingBlocks.ExternalSignIn;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.Imports;

/// <summary>A row that can be read.</summary>
internal sealed record AccountRow(
    int Line, string UserName, string NormalizedUserName, string DisplayName, string Email, string NormalizedEmail, string Language, Assignment Assignment, DateOnly From, DateOnly? To, string? FiscalCode)
{
    /// <summary>As Identity would make it, without its questions to the database row by row.</summary>
    public Account Account(DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now), UserName = UserName, NormalizedUserName = NormalizedUserName, Email = Email, NormalizedEmail = NormalizedEmail,
        DisplayName = DisplayName, SearchName = Accounts.Account.SearchNameOf(DisplayName, UserName, Email), Language = Language, CreatedAt = now.UtcDateTime, FiscalCode = FiscalCode,
        SecurityStamp = Guid.CreateVersion7(now).ToString("N"), LockoutEnabled = true,
    };
}

internal sealed class AccountRows(UserManager<Account> accounts, IFiscalCodes codes, string characters, Region region, IEnumerable<IMadePlaces> made, DateOnly today)
{
    private static readonly string[] Dates = ["yyyy-MM-dd", "dd/MM/yyyy"];

    private static readonly Dictionary<string, Role> Roles = AccountChoices.Roles.ToDictionary(AccountChoices.WordOf);

    private readonly ILookup<string, Scope> scopes = AccountChoices.Scopes(region, made)
        .SelectMany(s => new[] { (Word: s.Code, Scope: s), (Word: AccountChoices.Write(s), Scope: s) }).ToLookup(s => s.Word, s => s.Scope, StringComparer.OrdinalIgnoreCase);

    /// <returns>Null where something is wrong, which is then among the faults.</returns>
    public AccountRow? Read(TableRow row, List<RowFault> faults)
    {
        if (row.Fault is { } unreadable)
        {
            faults.Add(new(row.Line, "", unreadable, [.. row.FaultArguments ?? []]));
            return null;
        }

        var before = faults.Count;
        void Wrong(string column, string reason, params object[] arguments) => faults.Add(new(row.Line, column, reason, arguments));
        string Text(string column, int length)
        {
            var text = AccountsImport.Layout.Text(row, column)?.Trim() ?? "";
            if (text.Length == 0)
                Wrong(column, "Campo obbligatorio.");
            else if (text.Length > length || text.Any(char.IsControl))
                Wrong(column, "Al massimo {0} caratteri, su una riga.", length);
            return text;
        }

        DateOnly? Day(string column)
        {
            if (AccountsImport.Layout.Text(row, column)?.Trim() is not { Length: > 0 } text)
                return null;
            if (DateOnly.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return day;
            Wrong(column, "La data va scritta come 2021-11-30 oppure 30/11/2021.");
            return null;
        }

        var userName = Text("user_name", Account.UserNameLength);
        if (userName.Any(c => !characters.Contains(c)))
            Wrong("user_name", "Il nome utente può contenere solo lettere, cifre e i segni - . _ @ +");
        var displayName = Text("display_name", Account.DisplayNameLength);
        var email = Text("email", Account.EmailLength);
        if (email.Length > 0 && !(MailAddress.TryCreate(email, out var address) && address.Address == email))
            Wrong("email", "Questo non è un indirizzo e-mail.");
        var language = AccountsImport.Layout.Text(row, "language")?.Trim().ToLowerInvariant() ?? "it";
        if (language is not ("it" or "en"))
            Wrong("language", "La lingua è it oppure en.");
        var code = string.Concat((AccountsImport.Layout.Text(row, "fiscal_code") ?? "").Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
        if (code.Length > 0 && (code.Length != Account.FiscalCodeLength || !codes.IsValid(code)))
            Wrong("fiscal_code", "Il codice fiscale non è valido: lo ricontrolli.");
        var (from, to) = (Day("valid_from") ?? today, Day("valid_to"));
        if (to < from)
            Wrong("valid_to", "La fine viene prima dell’inizio.");
        var (word, place) = (Text("role", 40), Text("scope", 40));
        Scope? scope = null;
        if (!Roles.TryGetValue(word.ToLowerInvariant(), out var role))
        {
            Wrong("role", "Il profilo è uno di questi: {0}.", string.Join(", ", Roles.Keys));
        }
        else
        {
            var fitting = scopes[place].Where(s => AccountChoices.Fits(role, s.Kind)).Distinct().ToList();
            if (fitting.Count == 1)
                scope = fitting[0];
            else
                Wrong("scope", fitting.Count == 0 ? "Per questo profilo la regione non ha questo ambito." : "Questo codice è di più ambiti: scriva anche di che tipo, come Asl:010301.");
        }

        return faults.Count > before ? null : new(
            row.Line, userName, accounts.NormalizeName(userName)!, displayName, email, accounts.NormalizeEmail(email)!, language, new(role, scope!.Value), from, to, code.Length > 0 ? code : null);
    }
}
