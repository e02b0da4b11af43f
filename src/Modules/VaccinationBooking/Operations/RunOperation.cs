using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;

namespace Platform.VaccinationBooking.Operations;

/// <summary>An operation goes on with its next people.</summary>
internal sealed record OperationGoesOn(Guid Operation) : IEvent;

/// <summary>A prepared operation begins, or one that was halted goes on: from this moment none of the places concerned can be taken.</summary>
[Requires(VaccinationModule.MayOperate)]
internal sealed record StartOperation(Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(VaccinationDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<StartOperation, Unit>
    {
        public async Task<Unit> Handle(StartOperation request, CancellationToken cancellationToken)
        {
            var operation = await db.Operation(request.Id, user, cancellationToken);
            operation.Start(clock.GetUtcNow().UtcDateTime);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            // Who is taking a place at this moment either has it already, and is moved, or finds it closed.
            await db.CloseSlots(operation, cancellationToken);
            db.Tell(new OperationGoesOn(operation.Id));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>A running operation is halted: what is done stays, and it can go on.</summary>
[Requires(VaccinationModule.MayOperate)]
internal sealed record HaltOperation(Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(VaccinationDb db, ICurrentUser user) : IRequestHandler<HaltOperation, Unit>
    {
        public async Task<Unit> Handle(HaltOperation request, CancellationToken cancellationToken)
        {
            (await db.Operation(request.Id, user, cancellationToken)).Halt();
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>A prepared operation is not carried out.</summary>
[Requires(VaccinationModule.MayOperate)]
internal sealed record DiscardOperation(Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(VaccinationDb db, ICurrentUser user) : IRequestHandler<DiscardOperation, Unit>
    {
        public async Task<Unit> Handle(DiscardOperation request, CancellationToken cancellationToken)
        {
            (await db.Operation(request.Id, user, cancellationToken)).Discard();
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>Some people at a time, each in a transaction of her own: interrupted anywhere, the next delivery goes on where it stopped.</summary>
internal sealed class WhenOperationGoesOn(VaccinationDb db, OperationSteps steps) : IReaction<OperationGoesOn>
{
    public async Task React(Told<OperationGoesOn> told, CancellationToken cancellation)
    {
        if (await steps.Some(told.Event.Operation, BulkItemState.Waiting, cancellation))
            db.Tell(new OperationGoesOn(told.Event.Operation));
        await db.SaveChangesAsync(cancellation);
    }
}

/// <summary>For who found no place the search goes on; what a closure did not know of (slots made later) is closed; a run that was lost goes on.</summary>
internal sealed class GoOnWithOperations(VaccinationDb db, OperationSteps steps, TimeProvider clock) : IScheduledJob
{
    public static string Name => "vaccination.go-on-with-operations";
    public static string Title => "Cerca un posto per chi è rimasto senza dopo una chiusura o un cambio";
    public static string Cron => "0 10 * * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var open = await db.BulkOperations.AsNoTracking().Where(o => (o.State == BulkState.Running || o.State == BulkState.Done) && o.To > now).OrderBy(o => o.PreparedAt).ToListAsync(cancellation);
        var before = await Without();
        foreach (var operation in open)
        {
            await db.CloseSlots(operation, cancellation);
            while (operation.State == BulkState.Running && await steps.Some(operation.Id, BulkItemState.Waiting, cancellation))
                cancellation.ThrowIfCancellationRequested();
            await steps.Some(operation.Id, BulkItemState.WithoutPlace, cancellation);
        }

        return new("{0} persone hanno trovato posto", Math.Max(0, before - await Without()));

        Task<int> Without() => db.BulkItems.CountAsync(i => i.State == BulkItemState.WithoutPlace, cancellation);
    }
}

internal static class Operating
{
    public static async Task<BulkOperation> Operation(this VaccinationDb db, Guid id, ICurrentUser user, CancellationToken cancellation) =>
        await db.BulkOperations.Within(BulkOperation.Scope, user, VaccinationModule.MayOperate).SingleOrDefaultAsync(o => o.Id == id, cancellation) ?? throw Refusal.NotFound();

    public static async Task CloseSlots(this VaccinationDb db, BulkOperation operation, CancellationToken cancellation)
    {
        if (!operation.ClosesSlots)
            return;
        var slots = db.Slots.Where(s => !s.Closed && s.StartsAt >= operation.From && s.StartsAt < operation.To);
        slots = operation.CentreCode is { } centre ? slots.Where(s => s.CentreCode == centre) : slots.Where(s => s.VaccineCode == operation.VaccineCode);
        await slots.ExecuteUpdateAsync(set => set.SetProperty(s => s.Closed, true), cancellation);
    }
}
