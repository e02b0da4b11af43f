using MediatR;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.QuickSwabs.Points;

/// <summary>Where quick swabs are done, with the hours of the coming days: for everybody.</summary>
[OpenToAll("Public places and their hours; nobody's data.")]
internal sealed record PointList(string? Where, PointKind? Kind, DateOnly? Day) : IQuery<IReadOnlyList<PointLine>>
{
    internal sealed class Handler(PointBook book, Region region, TimeProvider clock) : IRequestHandler<PointList, IReadOnlyList<PointLine>>
    {
        public async Task<IReadOnlyList<PointLine>> Handle(PointList request, CancellationToken cancellationToken)
        {
            var today = region.DayOf(clock.GetUtcNow());
            var now = TimeOnly.FromDateTime(region.LocalOf(clock.GetUtcNow().UtcDateTime));
            var text = SearchText.Of(request.Where ?? "");
            return
            [
                .. (await book.All(cancellationToken)).Where(s => s.IsAtWork).Select(s => s.Point).Where(p => request.Kind is null || p.Kind == request.Kind)
                    .Select(p => (Point: p, Town: region.FindMunicipality(p.MunicipalityIstat)?.Name ?? ""))
                    .Where(p => text.Length == 0 || SearchText.Of(p.Town).Contains(text, StringComparison.Ordinal) || SearchText.Of(p.Point.Name).Contains(text, StringComparison.Ordinal))
                    .Select(p => Line(p.Point, p.Town, region.QuickSwabs, today, now))
                    .Where(l => request.Day is not { } day || l.Hours.Any(h => h.Weekday == day.DayOfWeek && h.Valid.On(day)))
                    .OrderBy(l => l.Town, StringComparer.OrdinalIgnoreCase).ThenBy(l => l.Point.Name, StringComparer.OrdinalIgnoreCase),
            ];
        }

        private static PointLine Line(SwabPoint point, string town, QuickSwabRules rules, DateOnly today, TimeOnly now)
        {
            var hours = rules.OpeningsOf(point.Code, today).OrderBy(o => ((int)o.Weekday + 6) % 7).ThenBy(o => o.From).ToList();
            return new(point, town, hours, hours.Exists(o => o.Weekday == today.DayOfWeek && now >= o.From && now < o.To));
        }
    }
}

internal sealed record PointLine(SwabPoint Point, string Town, IReadOnlyList<PointOpening> Hours, bool OpenNow);
