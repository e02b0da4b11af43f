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

internal sealed class PostMailHandler(NotificationsDb db, Texts texts, MailSettings settings, IDatabaseEngine engine, TimeProvider clock)
    : IRequestHandler<PostMail, Unit>
{
    public async Task<Unit> Handle(PostMail request, CancellationToken cancellationToken)
    {
        if (await db.Mails.AnyAsync(m => m.Id == request.Id, cancellationToken))
            return Unit.Value;
        var now = clock.GetUtcNow().UtcDateTime;
        db.Mails.Add(new Mail
        {
            Id = request.Id, ToAddress = request.Address, Subject = texts[request.Subject], Body = request.Body, Language = "it",
            State = MailState.Waiting, CreatedAt = now, DueAt = now, PatientId = request.PatientId,
        });
        if (settings.Sends)
            db.Tell(new MailsQueued([request.Id]));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException twin) when (engine.IsDuplicate(twin))
        {
            // The same mail, posted by another host a moment ago.
            db.ChangeTracker.Clear();
        }

        return Unit.Value;
    }
}
