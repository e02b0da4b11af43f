using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.AuditLog;

/// <summary>Those who watch over privacy today are told that somebody opened a person outside her scope.</summary>
internal sealed class WhenPersonOpened(UserManagementDb db, IMediator mediator, Region region) : IReaction<PersonOpened>
{
    public async Task React(Told<PersonOpened> told, CancellationToken cancellation)
    {
        var (opened, day) = (told.Event, region.DayOf(new(told.At, TimeSpan.Zero)));
        var officers = await db.Assignments.AsNoTracking()
            .Where(r => r.Role == Role.PrivacyOfficer && r.State == AssignmentState.Given && r.ValidFrom <= day && (r.ValidTo == null || r.ValidTo >= day)
                && db.Accounts.Any(a => a.Id == r.AccountId && a.DeactivatedAt == null))
            .Select(r => r.AccountId).Distinct().ToListAsync(cancellation);
        foreach (var officer in officers)
        {
            await mediator.Send(new PostMessage(
                StableId.Of(opened.OpeningId, $"opened {officer}"), Recipient.Account(officer), "users.opened", MessagePriority.High,
                "{0} ha aperto una persona fuori dal suo ambito. {1}", [opened.By, opened.Reason], "/patients/openings", opened.PatientId, "privacy"), cancellation);
        }

        await db.SaveChangesAsync(cancellation);
    }
}
