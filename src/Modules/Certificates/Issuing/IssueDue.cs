using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.Certificates.Issuing;

/// <summary>Issues what has become due: recoveries on their day, what waited for a key or for the registry. Group by group, each in a commit of its
/// own; should another host do the same, of one group only one of the two commits holds.</summary>
[BetweenModules]
internal sealed record IssueDue : ICommand<IssueDueAnswer>
{
    private const int GroupSize = 250;

    internal sealed class Handler(IServiceScopeFactory scopes, CertificatesDb db, Region region, IDatabaseEngine engine, TimeProvider clock) : IRequestHandler<IssueDue, IssueDueAnswer>
    {
        public async Task<IssueDueAnswer> Handle(IssueDue request, CancellationToken cancellationToken)
        {
            var today = region.DayOf(clock.GetUtcNow());
            var due = db.Occasions.AsNoTracking().Where(o => o.State == OccasionState.Waiting && o.DueOn <= today);
            var (issued, after) = (0, Guid.Empty);
            while (true)
            {
                var people = await due.Where(o => o.PatientId > after).Select(o => o.PatientId).Distinct().OrderBy(id => id).Take(GroupSize).ToListAsync(cancellationToken);
                if (people.Count == 0)
                    break;
                after = people[^1];
                issued += await Settle(people, cancellationToken);
            }

            return new(issued, await due.CountAsync(cancellationToken));
        }

        private async Task<int> Settle(List<Guid> people, CancellationToken cancellation)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().BecomePlatform();
            var own = scope.ServiceProvider.GetRequiredService<CertificatesDb>();
            try
            {
                var issued = await scope.ServiceProvider.GetRequiredService<Issuer>().Settle(people, [], cancellation);
                await own.SaveChangesAsync(cancellation);
                return issued;
            }
            catch (Exception twin) when ((twin is DbUpdateException && engine.IsDuplicate(twin)) || twin is Refusal)
            {
                // Of a group that another host has begun, what that one leaves is issued one by one.
                var issued = 0;
                foreach (var person in people.Count > 1 ? people : [])
                    issued += await Settle([person], cancellation);
                return issued;
            }
        }
    }
}

/// <param name="Waiting">Due and not issued: no key signs them, or the registry does not know the person.</param>
internal sealed record IssueDueAnswer(int Issued, int Waiting);

internal sealed class IssueDueJob(IMediator mediator) : IScheduledJob
{
    public static string Name => "certificates.issue";
    public static string Title => "Emette le certificazioni verdi il cui giorno è arrivato";
    public static string Cron => "0 0/15 * * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var done = await mediator.Send(new IssueDue(), cancellation);
        return new("{0} certificazioni emesse, {1} in attesa", done.Issued, done.Waiting);
    }
}
