using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Operations;

/// <summary>Events that could not be delivered, of every module: given up first, then those still tried. Names of
/// events and kinds of failure only; what the events carry is not shown.</summary>
[Requires(PlatformPermissions.Operate)]
internal sealed record FailedDeliveries : IQuery<IReadOnlyList<FailedDelivery>>
{
    private const int MostOfAModule = 100;

    internal sealed class Handler(IServiceProvider services, IEnumerable<Module> modules) : IRequestHandler<FailedDeliveries, IReadOnlyList<FailedDelivery>>
    {
        public async Task<IReadOnlyList<FailedDelivery>> Handle(FailedDeliveries request, CancellationToken cancellationToken)
        {
            var failed = new List<FailedDelivery>();
            foreach (var module in modules.Where(m => m.Db is not null))
            {
                var name = module.Name;
                failed.AddRange(await ((ModuleDb)services.GetRequiredService(module.Db!)).Outbox.AsNoTracking()
                    .Where(r => r.SentAt == null && r.Attempts > 0)
                    .OrderBy(r => r.At).Take(MostOfAModule)
                    .Select(r => new FailedDelivery(name, r.Id, r.Type, r.At, r.Attempts, r.Error, r.DueAt, r.GivenUpAt))
                    .ToListAsync(cancellationToken));
            }

            return [.. failed.OrderBy(f => f.GivenUpAt is null).ThenBy(f => f.At)];
        }
    }
}

internal sealed record FailedDelivery(
    string Module, Guid Id, string Type, DateTime At, int Attempts, string? Error, DateTime? DueAt, DateTime? GivenUpAt);

/// <summary>An operator has a failed event delivered once more, or all that are given up.</summary>
[Requires(PlatformPermissions.Operate)]
internal sealed record DeliverAgain : ICommand<int>
{
    /// <summary>Null for every module.</summary>
    public string? Module { get; init; }

    /// <summary>Null for all that are given up.</summary>
    public Guid? Id { get; init; }

    internal sealed class Handler(IServiceProvider services, IEnumerable<Module> modules, CourierBell bell, TimeProvider clock)
        : IRequestHandler<DeliverAgain, int>
    {
        public async Task<int> Handle(DeliverAgain request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var total = 0;
            foreach (var module in modules.Where(m => m.Db is not null && (request.Module is null || m.Name == request.Module)))
            {
                var rows = ((ModuleDb)services.GetRequiredService(module.Db!)).Outbox.Where(r => r.SentAt == null && r.Attempts > 0);
                rows = request.Id is { } id ? rows.Where(r => r.Id == id) : rows.Where(r => r.GivenUpAt != null);
                var changed = await rows.ExecuteUpdateAsync(set => set
                    .SetProperty(r => r.Attempts, 0)
                    .SetProperty(r => r.DueAt, now)
                    .SetProperty(r => r.GivenUpAt, (DateTime?)null), cancellationToken);
                if (changed > 0)
                    bell.Ring(module.Db!);
                total += changed;
            }

            return total == 0 && request.Id is not null ? throw Refusal.NotFound() : total;
        }
    }
}
