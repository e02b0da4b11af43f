using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.BuildingBlocks.ExternalSignIn;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.UserManagement.AccessLinks;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.Imports;

/// <summary>Opens accounts by the thousand: a row is a person and a role in a scope. Nobody gets a password: each is invited by mail, or asks
/// for one herself. A row gives no more than its sender may give, on the day it is brought in. The same rows again change nothing.</summary>
internal sealed class AccountsImport(
    UserManagementDb db, UserManager<Account> accounts, IFiscalCodes codes, IOptions<IdentityOptions> identity, PermissionCatalogue permissions, ScopeNames names, Region region, IEnumerable<IMadePlaces> made, TimeProvider clock)
    : StagedImport
{
    public const string Inviting = "invite";

    public static readonly TableLayout Layout = new(
        new("user_name", true, "nome_utente", "utente", "username"),
        new("display_name", true, "nome_e_cognome", "cognome_e_nome", "nominativo", "name"),
        new("email", true, "e-mail", "posta_elettronica", "mail"),
        new("role", true, "profilo", "ruolo"),
        new("scope", true, "ambito", "codice_ambito"),
        new("valid_from", false, "dal", "inizio_validità"),
        new("valid_to", false, "al", "fine_validità", "scadenza"),
        new("language", false, "lingua"),
        new("fiscal_code", false, "codice_fiscale", "cf"));

    public override string Name => "accounts";

    public override IReadOnlyList<ImportCount> Counts { get; } = [new("Utenti nuovi", "new"), new("Profili aggiunti", "given"), new("Già a posto", "unchanged")];

    public override int BatchSize => 500;

    public override TableLayout LayoutOf(string? format) => Layout;

    public override async Task<ImportOutcome> Bring(ImportSource source, IReadOnlyList<TableRow> rows, CancellationToken cancellation)
    {
        var sender = await SenderOf(source, cancellation);
        var administration = new Administration(sender, region, made, names, clock);
        var reader = new AccountRows(accounts, codes, identity.Value.User.AllowedUserNameCharacters, region, made, administration.Today);
        var faults = new List<RowFault>();
        var read = rows.Select(r => reader.Read(r, faults)).OfType<AccountRow>().ToList();
        var byName = await Known(read, cancellation);
        var byEmail = byName.Values.ToDictionary(a => a.NormalizedEmail!);
        var byCode = await HoldersOf(read, byName, cancellation);
        var added = new List<Guid>();
        var given = new List<Guid>();
        var unchanged = 0;
        foreach (var row in read)
        {
            var isNew = !byName.TryGetValue(row.NormalizedUserName, out var account);
            if (isNew ? byEmail.ContainsKey(row.NormalizedEmail) : account!.NormalizedEmail != row.NormalizedEmail)
            {
                faults.Add(new(row.Line, isNew ? "email" : "user_name", isNew ? "Questo indirizzo e-mail è già in uso." : "Questo nome utente è già di un’altra persona: l’e-mail è diversa."));
                continue;
            }

            if (account is { DeactivatedAt: not null })
            {
                faults.Add(new(row.Line, "user_name", "Questo utente è disattivato."));
                continue;
            }

            if (row.FiscalCode is { } code && (byCode.TryGetValue(code, out var holder) ? holder != row.NormalizedUserName : account is { FiscalCode: not null }))
            {
                faults.Add(new(row.Line, "fiscal_code", byCode.ContainsKey(code) ? "Questo codice fiscale è già quello di un altro utente." : "Questo utente ha già un altro codice fiscale."));
                continue;
            }

            var identified = !isNew && row.FiscalCode is not null && account!.FiscalCode is null;
            if (identified && !administration.HoldsWhole(account!))
            {
                faults.Add(new(row.Line, "fiscal_code", "Questa persona ha profili anche in altre organizzazioni: lo chieda all’amministratore regionale."));
                continue;
            }

            if (identified)
            {
                // With her digital identity she may come in from now on: what was open before is closed.
                (account!.FiscalCode, account.SecurityStamp) = (row.FiscalCode, Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"));
                given.Add(account.Id);
            }

            if (row.FiscalCode is not null)
                byCode[row.FiscalCode] = row.NormalizedUserName;
            if (!isNew && account!.Holds(row.Assignment, row.From, row.To))
            {
                unchanged += identified ? 0 : 1;
                continue;
            }

            account ??= row.Account(clock.GetUtcNow());
            try
            {
                var assignment = administration.Give(account, row.Assignment, row.From, row.To);
                if (!isNew)
                    db.Assignments.Add(assignment);
            }
            catch (Refusal refusal)
            {
                faults.Add(new(row.Line, refusal.Code == "too-long" ? "valid_to" : "scope", refusal.Message, refusal.Arguments!));
                continue;
            }

            given.Add(account.Id);
            if (!isNew)
                continue;
            db.Accounts.Add(account);
            (byName[row.NormalizedUserName], byEmail[row.NormalizedEmail]) = (account, account);
            added.Add(account.Id);
            if (source.Format == Inviting)
                db.Tell(new AccessLinkAsked(account.Id, AccessLinkPurpose.Invitation));
        }

        if (given.Count > 0)
            db.Note("users.AccountsImport", given);
        return new([added.Count, given.Count, unchanged], faults);
    }

    // What the sender may give today; the command line may give all.
    private async Task<CurrentUser> SenderOf(ImportSource source, CancellationToken cancellation)
    {
        var sender = new CurrentUser(permissions);
        if (source.SenderId is not { } id)
        {
            sender.BecomePlatform();
            return sender;
        }

        var today = region.DayOf(clock.GetUtcNow());
        var held = await db.Assignments.AsNoTracking()
            .Where(r => r.AccountId == id && r.State == AssignmentState.Given && r.ValidFrom <= today && (r.ValidTo == null || r.ValidTo >= today)
                && db.Accounts.Any(a => a.Id == id && a.DeactivatedAt == null)).ToListAsync(cancellation);
        sender.Become(new(id, "", [.. held.Select(r => r.Assignment)]), null);
        return sender;
    }

    // The normalised user name of whom each code is.
    private async Task<Dictionary<string, string>> HoldersOf(List<AccountRow> rows, Dictionary<string, Account> known, CancellationToken cancellation)
    {
        var asked = rows.Select(r => r.FiscalCode).OfType<string>().Distinct().ToList();
        var held = await db.Accounts.AsNoTracking().Where(a => a.FiscalCode != null && asked.Contains(a.FiscalCode))
            .ToDictionaryAsync(a => a.FiscalCode!, a => a.NormalizedUserName!, cancellation);
        foreach (var account in known.Values.Where(a => a.FiscalCode is not null))
            held[account.FiscalCode!] = account.NormalizedUserName!;
        return held;
    }

    private async Task<Dictionary<string, Account>> Known(List<AccountRow> rows, CancellationToken cancellation)
    {
        var (userNames, emails) = (rows.Select(r => r.NormalizedUserName).Distinct().ToList(), rows.Select(r => r.NormalizedEmail).Distinct().ToList());
        return await db.Accounts.Include(a => a.Assignments)
            .Where(a => userNames.Contains(a.NormalizedUserName!) || emails.Contains(a.NormalizedEmail!)).ToDictionaryAsync(a => a.NormalizedUserName!, cancellation);
    }
}
