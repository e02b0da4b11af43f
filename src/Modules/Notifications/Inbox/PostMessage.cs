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

internal sealed class PostMessagesValidator : AbstractValidator<PostMessages>
{
    public PostMessagesValidator() => RuleForEach(m => m.Messages).SetValidator(new PostMessageValidator());
}

internal sealed class PostMessageHandler(
    NotificationsDb db, IRecipientDirectory directory, NeutralMail neutral, MailSettings settings, IDatabaseEngine engine, TimeProvider clock)
    : IRequestHandler<PostMessage, Unit>, IRequestHandler<PostMessages, Unit>
{
    public async Task<Unit> Handle(PostMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await Handle(new PostMessages([request]), cancellationToken);
        }
        catch (DbUpdateException twin) when (engine.IsDuplicate(twin))
        {
            // The same message, posted by another host a moment ago. The context goes on being used by its scope.
            db.ChangeTracker.Clear();
            return Unit.Value;
        }
    }

    public async Task<Unit> Handle(PostMessages request, CancellationToken cancellationToken)
    {
        var ids = request.Messages.Select(m => m.Id).ToList();
        var posted = await db.Messages.Where(m => ids.Contains(m.Id)).Select(m => m.Id).ToListAsync(cancellationToken);
        var open = request.Messages.Where(m => !posted.Contains(m.Id)).DistinctBy(m => m.Id).ToList();
        var now = clock.GetUtcNow().UtcDateTime;
        db.Messages.AddRange(open.Select(message => new InboxMessage
        {
            Id = message.Id,
            At = now,
            Recipient = InboxMessage.KeyOf(message.To),
            Template = message.Template,
            Priority = message.Priority,
            Subject = message.Subject,
            Arguments = JsonSerializer.Serialize(message.Arguments),
            Link = message.Link,
            PatientId = message.PatientId,
            Group = message.Group,
        }));
        var addresses = await directory.AddressesOf([.. open.Select(m => m.To).Distinct()], cancellationToken);
        var mails = open.SelectMany(m => addresses[m.To])
            .Select(to => neutral.To(to.Email, to.Language, Guid.CreateVersion7(clock.GetUtcNow()), now)).ToList();
        db.Mails.AddRange(mails);
        foreach (var some in settings.Sends ? mails.Select(m => m.Id).Chunk(MailsQueued.Most) : [])
            db.Tell(new MailsQueued(some));
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
