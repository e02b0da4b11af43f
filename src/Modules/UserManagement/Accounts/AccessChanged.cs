using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.Notifications.Contracts;

namespace Platform.UserManagement.Accounts;

internal enum AccessPart
{
    Password,
    SecondFactor,
    SecondFactorReset,
    RecoveryCodes,
    Passkey,
    PasskeyRemoved,
    DigitalIdentity,

    /// <summary>Nothing changed: a code that had been used already was refused (OWASP ASVS 2.8.5).</summary>
    CodeUsedAgain,
}

/// <summary>The way in which somebody proves who she is has changed, by her or by somebody else.</summary>
internal sealed record AccessChanged(Guid AccountId, AccessPart Part) : IEvent;

/// <summary>She is told by e-mail, whoever did it: if it was not she, she learns of it (OWASP ASVS 2.2.3, 2.5.5).</summary>
internal sealed class WhenAccessChanged(UserManagementDb db, IMediator mediator, Texts texts) : IReaction<AccessChanged>
{
    public async Task React(Told<AccessChanged> told, CancellationToken cancellation)
    {
        var account = await db.Accounts.AsNoTracking().FirstOrDefaultAsync(a => a.Id == told.Event.AccountId, cancellation);
        if (account is null)
            return;
        await Spoken.In(account.Language, () => mediator.Send(new PostMail(
            StableId.Of(told.Id, "mail"), account.Email!, told.Event.Part == AccessPart.CodeUsedAgain ? "Un accesso a suo nome è stato respinto" : "Il suo accesso alla piattaforma è cambiato",
            $"{texts[Said(told.Event.Part)]}\r\n\r\n{texts["Se non è stata lei, e non l’ha chiesto, avverta subito chi amministra gli accessi della sua organizzazione."]}"
            + $"\r\n\r\n{texts["Messaggio automatico: non risponda a questo indirizzo."]}\r\n", null), cancellation));
    }

    private static string Said(AccessPart part) => part switch
    {
        AccessPart.Password => "La password del suo accesso è cambiata; le altre sessioni sono state chiuse.",
        AccessPart.SecondFactor => "Al suo accesso è stato collegato un telefono come secondo fattore.",
        AccessPart.SecondFactorReset => "Il secondo fattore del suo accesso è stato azzerato: al prossimo accesso collegherà un altro telefono.",
        AccessPart.RecoveryCodes => "I codici di recupero del suo accesso sono stati rinnovati: quelli di prima non valgono più.",
        AccessPart.Passkey => "Al suo accesso è stata aggiunta una passkey.",
        AccessPart.PasskeyRemoved => "Dal suo accesso è stata tolta una passkey.",
        AccessPart.CodeUsedAgain => "Qualcuno che conosce la sua password ha provato a entrare con un codice già usato: è stato respinto.",
        _ => "È cambiata l’identità digitale che apre il suo accesso.",
    };
}
