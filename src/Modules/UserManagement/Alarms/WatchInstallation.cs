using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Operations;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.Alarms;

/// <summary>An alarm that has been told: it is told again only after it was over in between.</summary>
internal sealed class ToldAlarm
{
    public const int CodeLength = 200;

    public required string Code { get; init; }

    /// <summary>Of this time: what it caused is told once.</summary>
    public required Guid Id { get; init; }

    public required DateTime Since { get; init; }
}

/// <summary>Who operates the platform finds each alarm of the diagnosis in her inbox, once.</summary>
internal sealed class WatchInstallation(UserManagementDb db, Diagnosis diagnosis, IMediator mediator, Region region, TimeProvider clock) : IScheduledJob
{
    public static string Name => "users.watch-installation";
    public static string Title => "Cerca gli allarmi e li dice a chi gestisce la piattaforma";
    public static string Cron => "0 0/5 * * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var (now, today) = (clock.GetUtcNow(), region.DayOf(clock.GetUtcNow()));
        var alarms = (await diagnosis.Look(cancellation)).Where(f => f.Alarm).DistinctBy(f => f.Code).ToDictionary(f => f.Code);
        var told = await db.ToldAlarms.ToListAsync(cancellation);
        db.ToldAlarms.RemoveRange(told.Where(t => !alarms.ContainsKey(t.Code)));
        var fresh = alarms.Values.Where(a => told.All(t => t.Code != a.Code))
            .Select(a => (Finding: a, Row: new ToldAlarm { Code = a.Code, Id = Guid.CreateVersion7(now), Since = now.UtcDateTime })).ToList();
        db.ToldAlarms.AddRange(fresh.Select(f => f.Row));
        // Before they are told: another host that found the same stops here.
        await db.SaveChangesAsync(cancellation);
        var operators = await db.Assignments.AsNoTracking()
            .Where(r => r.Role == Role.Administrator && r.State == AssignmentState.Given && r.ValidFrom <= today && (r.ValidTo == null || r.ValidTo >= today)
                && db.Accounts.Any(a => a.Id == r.AccountId && a.DeactivatedAt == null))
            .Select(r => r.AccountId).Distinct().ToListAsync(cancellation);
        if (fresh.Count > 0 && operators.Count > 0)
        {
            await mediator.Send(new PostMessages([.. fresh.SelectMany(f => operators.Select(account => new PostMessage(
                StableId.Of(f.Row.Id, $"alarm {account}"), Recipient.Account(account), "operations.alarm", MessagePriority.High, f.Finding.What,
                [.. f.Finding.Arguments.Select(a => Convert.ToString(a, CultureInfo.GetCultureInfo("it-IT")) ?? "")], f.Finding.Link ?? "/operations", null, "operations")))]), cancellation);
        }

        return new("{0} allarmi, di cui {1} nuovi", alarms.Count, fresh.Count);
    }
}
