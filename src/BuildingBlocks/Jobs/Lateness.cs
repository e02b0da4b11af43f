using Quartz;

namespace Platform.BuildingBlocks.Jobs;

public static class Lateness
{
    /// <summary>When the job should have run next after that instant.</summary>
    public static DateTime? DueAfter(this JobEntry job, DateTime utc, TimeZoneInfo zone) =>
        new CronExpression(job.Cron, zone).GetNextValidTimeAfter(new(DateTime.SpecifyKind(utc, DateTimeKind.Utc)))?.UtcDateTime;
}
