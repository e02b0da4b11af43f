using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.Notifications.Contracts;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.AccessLinks;

/// <summary>Somebody is to get a link by mail. Without the link itself: no event holds what opens.</summary>
/// <param name="Email">The address to be confirmed, where that is what it is for.</param>
internal sealed record AccessLinkAsked(Guid AccountId, AccessLinkPurpose Purpose, string? Email = null) : IEvent;

/// <summary>Makes the links and mails them, each in her language; the links of the same purpose before them open nothing any more.</summary>
internal sealed class WhenAccessLinkAsked(UserManagementDb db, IMediator mediator, Texts texts, IConfiguration configuration, TimeProvider clock)
    : IGroupReaction<AccessLinkAsked>
{
    public async Task React(IReadOnlyList<Told<AccessLinkAsked>> told, CancellationToken cancellation)
    {
        var asked = told.Select(t => t.Event).Distinct().ToList();
        var ids = asked.Select(a => a.AccountId).ToList();
        var accounts = await db.Accounts.AsNoTracking().Where(a => ids.Contains(a.Id) && a.DeactivatedAt == null).ToDictionaryAsync(a => a.Id, cancellation);
        var before = await db.AccessLinks.Where(l => ids.Contains(l.AccountId) && l.UsedAt == null).ToListAsync(cancellation);
        db.AccessLinks.RemoveRange(before.Where(l => asked.Exists(a => a.AccountId == l.AccountId && a.Purpose == l.Purpose)));
        var mails = new List<(string Language, PostMail Mail)>();
        foreach (var (id, purpose, email) in asked.Where(a => accounts.ContainsKey(a.AccountId)))
        {
            var (link, token) = AccessLink.Make(id, purpose, clock.GetUtcNow(), email);
            db.AccessLinks.Add(link);
            mails.Add((accounts[id].Language, MailOf(link, token, accounts[id])));
        }

        await db.SaveChangesAsync(cancellation);
        foreach (var language in mails.GroupBy(m => m.Language, m => m.Mail))
            await Spoken.In(language.Key, () => mediator.Send(new PostMails([.. language]), cancellation));
    }

    private PostMail MailOf(AccessLink link, string token, Account account)
    {
        var address = $"{(configuration["Platform:Address"] ?? "").TrimEnd('/')}/{(link.Purpose == AccessLinkPurpose.NewEmail ? "account/email" : "access")}/{token}";
        return Spoken.In(account.Language, () => new PostMail(link.Id, link.Email ?? account.Email!,
            link.Purpose switch { AccessLinkPurpose.Invitation => "Invito alla piattaforma regionale", AccessLinkPurpose.NewEmail => "Confermi il suo indirizzo e-mail", _ => "Scelga una nuova password" },
            (link.Purpose == AccessLinkPurpose.NewEmail
                ? texts["Qualcuno, forse lei, ha scritto questo indirizzo per il suo accesso alla piattaforma regionale. Entro un’ora apra questo collegamento e lo confermi; se non è stata lei, non faccia nulla:"]
                : link.Purpose == AccessLinkPurpose.Invitation
                ? texts["Per lei è stato aperto un accesso alla piattaforma regionale, con il nome utente {0}. Entro 7 giorni apra questo indirizzo e scelga la sua password:", account.UserName!]
                : texts["Qualcuno, forse lei, ha chiesto una nuova password per il suo accesso. Entro un’ora apra questo indirizzo e la scelga; se non l’ha chiesta lei, non faccia nulla:"])
            + $"\r\n\r\n{address}\r\n\r\n{texts["Messaggio automatico: non risponda a questo indirizzo."].Value}\r\n", null));
    }
}
