using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.Referti.TurnAround;

internal enum TurnAroundBy
{
    Day,
    Week,
}

/// <summary>How long reports take, by laboratory and by day or week of their release, against the laboratory's target; and what
/// each still owes, by age.</summary>
/// <param name="From">First day of release, of the region's calendar.</param>
/// <param name="To">Last day.</param>
[Requires(RefertiModule.Times)]
internal sealed record TurnAroundTimes(DateOnly From, DateOnly To, string? Lab, TurnAroundBy By) : IQuery<TurnAroundAnswer>
{
    public const int MostDays = 92;

    internal sealed class Validator : AbstractValidator<TurnAroundTimes>
    {
        public Validator()
        {
            RuleFor(t => t.To).GreaterThanOrEqualTo(t => t.From).WithMessage("L'ultimo giorno precede il primo.");
            RuleFor(t => t.To).Must((t, to) => to.DayNumber - t.From.DayNumber < MostDays).WithMessage("Al massimo tre mesi alla volta.");
        }
    }

    internal sealed class Handler(RefertiDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<TurnAroundTimes, TurnAroundAnswer>
    {
        public async Task<TurnAroundAnswer> Handle(TurnAroundTimes request, CancellationToken cancellationToken)
        {
            var mine = db.SampleTimes.AsNoTracking().Within(SampleTimes.Scope, user, RefertiModule.Times);
            if (!string.IsNullOrEmpty(request.Lab))
                mine = mine.Where(t => t.LabCode == request.Lab);
            var (from, until) = (region.UtcOf(request.From, TimeOnly.MinValue), region.UtcOf(request.To.AddDays(1), TimeOnly.MinValue));
            var released = await mine.Where(t => t.ReleasedAt >= from && t.ReleasedAt < until)
                .Select(t => new Passage(t.LabCode, t.CollectedAt, t.ReceivedAt, t.ReleasedAt!.Value)).ToListAsync(cancellationToken);
            DateOnly PeriodOf(Passage p) => Begin(DateOnly.FromDateTime(region.LocalOf(p.Released)), request.By);
            var rows = released.GroupBy(p => (Period: PeriodOf(p), p.Lab)).OrderByDescending(g => g.Key.Period).ThenBy(g => g.Key.Lab, StringComparer.Ordinal)
                .Select(g => Row(g.Key.Period, g.Key.Lab, [.. g])).ToList();
            var together = released.GroupBy(PeriodOf).OrderBy(g => g.Key).Select(g => Row(g.Key, "", [.. g])).ToList();
            var labs = await db.SampleTimes.Within(SampleTimes.Scope, user, RefertiModule.Times).Select(t => t.LabCode).Distinct().ToListAsync(cancellationToken);
            return new(rows, together, await Backlog(mine, cancellationToken), [.. labs.Order(StringComparer.Ordinal)]);
        }

        private TurnAroundRow Row(DateOnly period, string lab, List<Passage> passages)
        {
            var inLab = Hours(passages, p => p.Received, p => p.Released);
            var target = region.Referti.Of(lab, period).TargetHours;
            return new(period, lab, passages.Count, Spread.Of(Hours(passages, p => p.Collected, p => p.Received)), Spread.Of(inLab),
                Spread.Of(Hours(passages, p => p.Collected, p => p.Released)), target, inLab.Count == 0 ? null : 100 * inLab.Count(h => h <= target) / inLab.Count);
        }

        private async Task<IReadOnlyList<BacklogRow>> Backlog(IQueryable<SampleTimes> mine, CancellationToken cancellation)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var (six, twelve, day, two) = (now.AddHours(-6), now.AddHours(-12), now.AddHours(-24), now.AddHours(-48));
            return [.. (await mine.Where(t => t.ReceivedAt != null && t.ReleasedAt == null).GroupBy(t => t.LabCode)
                .Select(g => new
                {
                    Lab = g.Key, A = g.Count(t => t.ReceivedAt > six), B = g.Count(t => t.ReceivedAt <= six && t.ReceivedAt > twelve),
                    C = g.Count(t => t.ReceivedAt <= twelve && t.ReceivedAt > day), D = g.Count(t => t.ReceivedAt <= day && t.ReceivedAt > two), E = g.Count(t => t.ReceivedAt <= two),
                }).ToListAsync(cancellation)).OrderBy(b => b.Lab, StringComparer.Ordinal).Select(b => new BacklogRow(b.Lab, [b.A, b.B, b.C, b.D, b.E]))];
        }

        private static List<double> Hours(List<Passage> passages, Func<Passage, DateTime?> from, Func<Passage, DateTime?> to) =>
            [.. passages.Select(p => to(p) - from(p)).OfType<TimeSpan>().Where(t => t >= TimeSpan.Zero).Select(t => t.TotalHours)];

        private static DateOnly Begin(DateOnly day, TurnAroundBy by) => by == TurnAroundBy.Day ? day : day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }

    private sealed record Passage(string Lab, DateTime? Collected, DateTime? Received, DateTime Released);
}

/// <param name="Median">Hours; null where no sample has both times.</param>
internal sealed record Spread(double? Median, double? P90)
{
    /// <summary>By nearest rank: a time that a sample really took.</summary>
    public static Spread Of(List<double> hours)
    {
        if (hours.Count == 0)
            return new(null, null);
        hours.Sort();
        double At(double part) => hours[Math.Max(0, (int)Math.Ceiling(part * hours.Count) - 1)];
        return new(At(0.5), At(0.9));
    }
}

/// <param name="Period">Its first day.</param>
/// <param name="Transport">From taken to received.</param>
/// <param name="InLab">From received to released: what the target is about.</param>
/// <param name="Total">From taken to released.</param>
/// <param name="Within">Percentage within the target.</param>
internal sealed record TurnAroundRow(DateOnly Period, string Lab, int Reports, Spread Transport, Spread InLab, Spread Total, int TargetHours, int? Within);

/// <param name="ByAge">Received and not released: less than 6 hours ago, 6–12, 12–24, 24–48, more.</param>
internal sealed record BacklogRow(string Lab, IReadOnlyList<int> ByAge)
{
    public static readonly IReadOnlyList<string> Ages = ["Meno di 6 ore", "Da 6 a 12 ore", "Da 12 a 24 ore", "Da 24 a 48 ore", "Oltre 48 ore"];
}

/// <param name="Together">All laboratories of the answer as one, by period, oldest first: for the plot.</param>
internal sealed record TurnAroundAnswer(IReadOnlyList<TurnAroundRow> Rows, IReadOnlyList<TurnAroundRow> Together, IReadOnlyList<BacklogRow> Backlog, IReadOnlyList<string> Labs);
