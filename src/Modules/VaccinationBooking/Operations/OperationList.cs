using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Operations;

/// <summary>The operations within the asker's scope, the latest first, and the centres that she may close.</summary>
[Requires(VaccinationModule.MayOperate)]
internal sealed record OperationList : IQuery<OperationListAnswer>
{
    private const int Shown = 50;

    internal sealed class Handler(VaccinationDb db, ICurrentUser user) : IRequestHandler<OperationList, OperationListAnswer>
    {
        public async Task<OperationListAnswer> Handle(OperationList request, CancellationToken cancellationToken) => new(
            await db.BulkOperations.AsNoTracking().Within(BulkOperation.Scope, user, VaccinationModule.MayOperate).OrderByDescending(o => o.PreparedAt).Take(Shown).ToListAsync(cancellationToken),
            await db.Centres.AsNoTracking().Within(Centre.Scope, user, VaccinationModule.MayOperate).OrderBy(c => c.Name).ToListAsync(cancellationToken));
    }
}

internal sealed record OperationListAnswer(IReadOnlyList<BulkOperation> Operations, IReadOnlyList<Centre> Centres);

/// <summary>An operation with its people, who have no names here: whence, where to, and how far it is.</summary>
[Requires(VaccinationModule.MayOperate)]
internal sealed record OperationDetail(Guid Id, int Page) : IQuery<OperationDetailAnswer>
{
    public const int Size = 50;

    internal sealed class Handler(VaccinationDb db, ICurrentUser user) : IRequestHandler<OperationDetail, OperationDetailAnswer>
    {
        public async Task<OperationDetailAnswer> Handle(OperationDetail request, CancellationToken cancellationToken)
        {
            var operation = await db.BulkOperations.AsNoTracking().Within(BulkOperation.Scope, user, VaccinationModule.MayOperate).SingleOrDefaultAsync(o => o.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var items = db.BulkItems.AsNoTracking().Where(i => i.OperationId == operation.Id);
            var counts = await items.GroupBy(i => i.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
            var planned = await items.CountAsync(i => i.State == BulkItemState.Waiting && i.ToCentre != null, cancellationToken);
            var names = await db.Centres.ToDictionaryAsync(c => c.Code, c => c.Name, cancellationToken);
            var page = Math.Max(1, request.Page);
            // Who has no place comes first: there a person has to do something.
            var rows = await items.OrderBy(i => i.State == BulkItemState.WithoutPlace ? 0 : 1).ThenBy(i => i.ToCentre == null ? 0 : 1).ThenBy(i => i.At).ThenBy(i => i.Id)
                .Skip((page - 1) * Size).Take(Size)
                .Select(i => new { Item = i, Patient = db.Bookings.Where(b => b.Id == i.BookingId).Select(b => b.PatientId).FirstOrDefault() }).ToListAsync(cancellationToken);
            var mayBook = user.May(VaccinationModule.MayBook);
            return new(
                operation, names.GetValueOrDefault(operation.CentreCode ?? ""), planned, counts.GetValueOrDefault(BulkItemState.Waiting), counts.GetValueOrDefault(BulkItemState.Moved),
                counts.GetValueOrDefault(BulkItemState.WithoutPlace), counts.GetValueOrDefault(BulkItemState.NotConcerned), page,
                [.. rows.Select(r => new OperationLine(r.Item.State, names.GetValueOrDefault(r.Item.FromCentre, r.Item.FromCentre), r.Item.At, r.Item.ToCentre is { } to ? names.GetValueOrDefault(to, to) : null,
                    r.Item.FirstAt, r.Item.SecondAt, mayBook ? r.Patient : null))]);
        }
    }
}

/// <param name="Planned">Of those that wait: for whom a place was found when it was prepared.</param>
internal sealed record OperationDetailAnswer(
    BulkOperation Operation, string? CentreName, int Planned, int Waiting, int Moved, int WithoutPlace, int NotConcerned, int Page, IReadOnlyList<OperationLine> Lines)
{
    public int Percent => Operation.Total == 0 ? 100 : (Operation.Total - Waiting) * 100 / Operation.Total;
}

/// <param name="Who">To look at her bookings, for who may book.</param>
internal sealed record OperationLine(BulkItemState State, string From, DateTime At, string? To, DateTime? FirstAt, DateTime? SecondAt, Guid? Who);
