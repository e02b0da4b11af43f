using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.Notifications.Contracts;

namespace Platform.UserManagement.AccessLinks;

/// <summary>Somebody is to get a link by mail. Without the link itself: no event holds what opens.</summary>
internal sealed record AccessLinkAsked(Guid AccountId, AccessLinkPurpose Purpose) : IEvent;

/// <summary>Makes the link and mails it, in her language; the links of the same purpose before it open nothing any more.</summary>
internal sealed class WhenAccessLinkAsked(UserManagementDb db, IMediator mediator, Texts texts, IConfiguration configuration, TimeProvider clock)
    : IReaction<AccessLinkAsked>
{
    public async Task React(Told<AccessLinkAsked> told, CancellationToken cancellation)
    {
        var (id, purpose) = (told.Event.AccountId, told.Event.Purpose);
        var account = await db.Accounts.AsNoTracking().FirstOrDefaultAsync(a => a.Id == id && a.DeactivatedAt == null, cancellation);
        if (account is null)
            return;
        foreach (var old in await db.AccessLinks.Where(l => l.AccountId == id && l.Purpose == purpose && l.UsedAt == null).ToListAsync(cancellation))
            db.AccessLinks.Remove(old);
        var (link, token) = AccessLink.Make(id, purpose, clock.GetUtcNow());
        db.AccessLinks.Add(link);
        await db.SaveChangesAsync(cancellation);

        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(account.Language);
        try
        {
            var address = $"{(configuration["Platform:Address"] ?? "").TrimEnd('/')}/access/{token}";
            var invitation = purpose == AccessLinkPurpose.Invitation;
            await mediator.Send(new PostMail(link.Id, account.Email!,
                invitation ? "Invito alla piattaforma regionale" : "Scelga una nuova password",
                (invitation
                    ? texts["Per lei è stato aperto un accesso alla piattaforma regionale, con il nome utente {0}. Entro 7 giorni apra questo indirizzo e scelga la sua password:", account.UserName!]
                    : texts["Qualcuno, forse lei, ha chiesto una nuova password per il suo accesso. Entro un’ora apra questo indirizzo e la scelga; se non l’ha chiesta lei, non faccia nulla:"])
                + $"\r\n\r\n{address}\r\n\r\n{texts["Messaggio automatico: non risponda a questo indirizzo."].Value}\r\n", null), cancellation);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
