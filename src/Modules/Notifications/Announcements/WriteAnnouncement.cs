using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.Notifications.Announcements;

/// <summary>Who operates the platform announces planned maintenance, or changes what she announced.</summary>
[Requires(PlatformPermissions.Operate)]
internal sealed record WriteAnnouncement : ICommand<Unit>
{
    private const int LongestBefore = 24 * 30;

    public Guid Id { get; init; }

    /// <summary>Of the announcement that is changed; none for a new one.</summary>
    public int? Version { get; init; }

    public string TextIt { get; init; } = "";
    public string TextEn { get; init; } = "";

    /// <summary>Wall-clock time in the region.</summary>
    public DateTime? From { get; init; }
    public DateTime? To { get; init; }
    public int HoursBefore { get; init; } = 72;

    /// <summary>Everybody but who operates the platform stays outside meanwhile.</summary>
    public bool Closes { get; init; }

    internal sealed class Validator : AbstractValidator<WriteAnnouncement>
    {
        public Validator(Region region, TimeProvider clock)
        {
            RuleFor(a => a.Id).NotEmpty();
            RuleFor(a => a.TextIt).NotEmpty().WithMessage("Scriva che cosa non funzionerà.").MaximumLength(Announcement.TextLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(a => a.TextEn).NotEmpty().WithMessage("Scriva l’avviso anche in inglese.").MaximumLength(Announcement.TextLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(a => a.From).NotNull().WithMessage("Scelga quando comincia.");
            RuleFor(a => a.To).NotNull().WithMessage("Scelga quando finisce.");
            RuleFor(a => a.To).GreaterThan(a => a.From).When(a => a.From is not null && a.To is not null).WithMessage("La fine viene prima dell’inizio.")
                .Must(to => UtcOf(region, to!.Value) > clock.GetUtcNow().UtcDateTime).When(a => a.To is not null).WithMessage("La finestra è già passata.");
            RuleFor(a => a.HoursBefore).InclusiveBetween(0, LongestBefore).WithMessage("Scelga da quanto prima si vede.");
        }
    }

    internal sealed class Handler(NotificationsDb db, AnnouncedMaintenance shown, ICurrentUser user, Region region, IDatabaseEngine engine, TimeProvider clock)
        : IRequestHandler<WriteAnnouncement, Unit>
    {
        public async Task<Unit> Handle(WriteAnnouncement request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var announcement = await db.Announcements.FirstOrDefaultAsync(a => a.Id == request.Id, cancellationToken);
            if (request.Version is null && announcement is not null)
                return Unit.Value;
            if (request.Version is not null && announcement is null)
                throw Refusal.NotFound();
            if (announcement is not null && announcement.Version != request.Version)
                throw Refusal.ChangedMeanwhile();
            announcement ??= db.Announcements.Add(new() { Id = request.Id, WrittenAt = now, WrittenBy = user.DisplayName }).Entity;
            announcement.Say(request.TextIt.Trim(), request.TextEn.Trim(), UtcOf(region, request.From!.Value), UtcOf(region, request.To!.Value), request.HoursBefore, request.Closes, now);
            db.Audit("write", "notifications.WriteAnnouncement", [], [announcement.Id]);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException twin) when (engine.IsDuplicate(twin))
            {
                // The button was pressed twice.
                db.ChangeTracker.Clear();
            }

            shown.Forget();
            return Unit.Value;
        }
    }

    private static DateTime UtcOf(Region region, DateTime local) => region.UtcOf(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
}

/// <summary>The maintenance will not be, or has ended before its time: nobody sees the announcement any more.</summary>
[Requires(PlatformPermissions.Operate)]
internal sealed record CallOffAnnouncement(Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(NotificationsDb db, AnnouncedMaintenance shown, ICurrentUser user, TimeProvider clock) : IRequestHandler<CallOffAnnouncement, Unit>
    {
        public async Task<Unit> Handle(CallOffAnnouncement request, CancellationToken cancellationToken)
        {
            var announcement = await db.Announcements.FirstOrDefaultAsync(a => a.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            announcement.CallOff(user.DisplayName, clock.GetUtcNow().UtcDateTime);
            db.Audit("write", "notifications.CallOffAnnouncement", [], [announcement.Id]);
            await db.SaveChangesAsync(cancellationToken);
            shown.Forget();
            return Unit.Value;
        }
    }
}
