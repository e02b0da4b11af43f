using Platform.BuildingBlocks.Localisation;

namespace Platform.Notifications.Mails;

/// <summary>"There is a message for you": all that a mail may say, in the reader's language.</summary>
internal sealed class NeutralMail(Texts texts, MailSettings settings)
{
    public Mail To(string address, string language, Guid id, DateTime now, string link = "/inbox") => Spoken.In(language, () => new Mail
    {
        Id = id,
        ToAddress = address,
        Subject = texts["Nuovo messaggio nella piattaforma"],
        Body = $"{texts["C’è un nuovo messaggio per lei nella piattaforma: acceda per leggerlo."]}\r\n\r\n"
            + $"{settings.PlatformAddress}{link}\r\n\r\n{texts["Messaggio automatico: non risponda a questo indirizzo."]}\r\n",
        Language = language,
        State = MailState.Waiting,
        CreatedAt = now,
        DueAt = now,
    });
}
