using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;
using Platform.Testing.Samples;

namespace Platform.Testing.Pools;

/// <summary>The lab puts samples together, to be examined as one: all of one test, as many as the region allows.</summary>
/// <returns>The pool; of a repeated post with the same <see cref="Id"/>, the first one's.</returns>
[Requires(TestingModule.MayReceiveSamples)]
internal sealed record MakePool : ICommand<Guid>
{
    /// <summary>Made by the client: the same at each repetition.</summary>
    public Guid Id { get; init; }

    /// <summary>Accession numbers as scanned, one on each line.</summary>
    public string? Numbers { get; init; }

    internal sealed class Validator : AbstractValidator<MakePool>
    {
        public Validator()
        {
            RuleFor(p => p.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(p => p.Numbers).NotEmpty().WithMessage("Legga i campioni del pool, uno per riga.").MaximumLength(2000).WithMessage("I campioni sono troppi per un pool.");
        }
    }

    internal sealed class Handler(TestingDb db, ICurrentUser user, Region region, IDatabaseEngine engine, TimeProvider clock) : IRequestHandler<MakePool, Guid>
    {
        public Task<Guid> Handle(MakePool request, CancellationToken cancellationToken) => db.OnceMore(() => Make(request, cancellationToken));

        private async Task<Guid> Make(MakePool request, CancellationToken cancellation)
        {
            if (await db.Pools.AnyAsync(p => p.Id == request.Id, cancellation))
                return request.Id;
            var numbers = request.Numbers!.Split(['\n', '\r', ',', ';'], StringSplitOptions.RemoveEmptyEntries)
                .Select(AccessionNumber.Normalise).Where(n => n.Length > 0).Distinct().ToList();
            var today = region.DayOf(clock.GetUtcNow());
            var atMost = region.Swabs.Limit("pool_at_most", today);
            if (numbers.Count < 2 || numbers.Count > atMost)
                throw new Refusal("pool-size", "Un pool si fa con almeno 2 e al massimo {0} campioni.", atMost) { Kind = RefusalKind.Unprocessable };
            var swabs = await db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayReceiveSamples)
                .Where(r => numbers.Contains(r.AccessionNumber!)).OrderBy(r => r.AccessionNumber).ToListAsync(cancellation);
            if (numbers.Except(swabs.Select(s => s.AccessionNumber!)).FirstOrDefault() is { } unknown)
                throw new Refusal("sample-unknown", "Il campione {0} non è conosciuto.", unknown) { Kind = RefusalKind.Unprocessable };
            if (swabs.Select(s => (s.TestType, s.LabCode)).Distinct().Count() > 1)
                throw new Refusal("pool-mixed", "I campioni di un pool devono essere dello stesso tipo di test e dello stesso laboratorio.") { Kind = RefusalKind.Unprocessable };
            if (region.Swabs.SpecimenOf(swabs[0].TestType.Code(), today) is not { MayBePooled: true })
                throw new Refusal("pool-not-for-test", "Con questo tipo di test non si fanno pool.") { Kind = RefusalKind.Unprocessable };

            var act = user.Act(clock);
            var lab = await db.Labs.AsNoTracking().SingleAsync(l => l.Code == swabs[0].LabCode, cancellation);
            var year = region.LocalOf(act.At).Year;
            await db.OpenCounter("P:" + lab.Code, year, engine.IsDuplicate, cancellation);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            db.Pools.Add(new()
            {
                Id = request.Id, Number = await db.NextNumber('P', lab, year, cancellation), LabCode = lab.Code, TestType = swabs[0].TestType,
                Members = swabs.Count, MadeAt = act.At, MadeBy = act.ActorName,
            });
            foreach (var swab in swabs)
                swab.PoolWith(request.Id);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return request.Id;
        }
    }
}
