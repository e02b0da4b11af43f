using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;
using Platform.Notifications.Contracts;
using Platform.Notifications.Mails;

namespace Platform.Notifications.Inbox;

internal sealed class PostMessageValidator : AbstractValidator<PostMessage>
{
    public PostMessageValidator()
    {
        RuleFor(m => m.Id).NotEmpty();
        RuleFor(m => m.To).Must(to => to.Scope is null != to.AccountId is null).WithMessage("Il destinatario è un ambito oppure un account.");
        RuleFor(m => m.Template).NotEmpty().MaximumLength(InboxMessage.TemplateLength);
        RuleFor(m => m.Subject).NotEmpty().MaximumLength(InboxMessage.SubjectLength);
        RuleFor(m => m.Group).NotEmpty().MaximumLength(InboxMessage.GroupLength);
        RuleFor(m => m.Link).MaximumLength(InboxMessage.LinkLength)
            .Must(link => link.StartsWith('/') && !link.StartsWith("//", StringComparison.Ordinal)).WithMessage("Il collegamento deve essere una pagina della piattaforma.");
    }
}

internal sealed class PostMessageHandler(
    NotificationsDb db, IRecipientDirectory directory, NeutralMail neutral, MailSettings settings, IDatabaseEngine engine, TimeProvider clock)
    : IRequestHandler<PostMessage, Unit>
{
    public async Task<Unit> Handle(PostMessage request, CancellationToken cancellationToken)
    {
        if (await db.Messages.AnyAsync(m => m.Id == request.Id, cancellationToken))
            return Unit.Value;
        var now = clock.GetUtcNow().UtcDateTime;
        db.Messages.Add(new InboxMessage
        {
            Id = request.Id,
            At = now,
            Recipient = InboxMessage.KeyOf(request.To),
            Template = request.Template,
            Priority = request.Priority,
            Subject = request.Subject,
            Arguments = JsonSerializer.Serialize(request.Arguments),
            Link = request.Link,
            PatientId = request.PatientId,
            Group = request.Group,
        });
        var mails = (await directory.AddressesOf(request.To, cancellationToken))
            .Select(to => neutral.To(to.Email, to.Language, Guid.CreateVersion7(clock.GetUtcNow()), now)).ToList();
        db.Mails.AddRange(mails);
        if (settings.Sends && mails.Count > 0)
            db.Tell(new MailsQueued([.. mails.Select(m => m.Id)]));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException twin) when (engine.IsDuplicate(twin))
        {
            // The same message, posted by another host a moment ago. The context goes on being used by its scope.
            db.ChangeTracker.Clear();
        }

        return Unit.Value;
    }
}
