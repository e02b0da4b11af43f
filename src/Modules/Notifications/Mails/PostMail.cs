using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Persistence;
using Platform.Notifications.Contracts;

namespace Platform.Notifications.Mails;

internal sealed class PostMailValidator : AbstractValidator<PostMail>
{
    public PostMailValidator()
    {
        RuleFor(m => m.Id).NotEmpty();
        RuleFor(m => m.Address).NotEmpty().MaximumLength(Mail.AddressLength).EmailAddress().WithMessage("Questo non è un indirizzo e-mail.")
            // A line break would begin a header of the sender's choice.
            .Must(a => !a.Any(char.IsControl)).WithMessage("Questo non è un indirizzo e-mail.");
        RuleFor(m => m.Subject).NotEmpty().MaximumLength(Mail.SubjectLength).Must(s => !s.Any(char.IsControl));
        RuleFor(m => m.Body).NotEmpty().MaximumLength(Mail.BodyLength);
    }
}

internal sealed class PostMailsValidator : AbstractValidator<PostMails>
{
    public PostMailsValidator() => RuleForEach(m => m.Mails).SetValidator(new PostMailValidator());
}

internal sealed class PostMailHandler(NotificationsDb db, Texts texts, MailSettings settings, IDatabaseEngine engine, TimeProvider clock)
    : IRequestHandler<PostMail, Unit>, IRequestHandler<PostMails, Unit>
{
    public async Task<Unit> Handle(PostMail request, CancellationToken cancellationToken)
    {
        try
        {
            return await Handle(new PostMails([request]), cancellationToken);
        }
        catch (DbUpdateException twin) when (engine.IsDuplicate(twin))
        {
            // The same mail, posted by another host a moment ago.
            db.ChangeTracker.Clear();
            return Unit.Value;
        }
    }

    public async Task<Unit> Handle(PostMails request, CancellationToken cancellationToken)
    {
        var ids = request.Mails.Select(m => m.Id).ToList();
        var posted = await db.Mails.Where(m => ids.Contains(m.Id)).Select(m => m.Id).ToListAsync(cancellationToken);
        var open = request.Mails.Where(m => !posted.Contains(m.Id)).DistinctBy(m => m.Id).ToList();
        var now = clock.GetUtcNow().UtcDateTime;
        db.Mails.AddRange(open.Select(mail => new Mail
        {
            Id = mail.Id, ToAddress = mail.Address, Subject = texts[mail.Subject], Body = mail.Body, Language = "it",
            State = MailState.Waiting, CreatedAt = now, DueAt = now, PatientId = mail.PatientId,
        }));
        foreach (var some in settings.Sends ? open.Select(m => m.Id).Chunk(MailsQueued.Most) : [])
            db.Tell(new MailsQueued(some));
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
