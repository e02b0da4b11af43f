using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.QuickSwabs.Devices;
using Platform.QuickSwabs.Points;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs.Kits;

/// <summary>What the points in sight have on the shelf, and what they have asked for.</summary>
[Requires(QuickSwabsModule.MayKeepKits)]
internal sealed record KitsOfPoints : IQuery<KitsOfPointsAnswer>
{
    internal sealed class Handler(QuickSwabsDb db, DeviceList devices, PointBook book, ICurrentUser user, Region region) : IRequestHandler<KitsOfPoints, KitsOfPointsAnswer>
    {
        public async Task<KitsOfPointsAnswer> Handle(KitsOfPoints request, CancellationToken cancellationToken)
        {
            var came = await db.KitMoves.Within(KitMove.Scope, user, QuickSwabsModule.MayKeepKits).GroupBy(m => new { m.PointCode, m.DeviceJrc, m.Lot, m.Expiry })
                .Select(g => new { g.Key.PointCode, g.Key.DeviceJrc, g.Key.Lot, g.Key.Expiry, Count = g.Sum(m => m.Quantity) }).ToListAsync(cancellationToken);
            var points = came.Select(c => c.PointCode).Distinct().ToList();
            // A test uses its kit up whatever becomes of its result.
            var used = await db.Swabs.Where(s => points.Contains(s.PointCode)).GroupBy(s => new { s.PointCode, s.DeviceJrc, s.Lot })
                .Select(g => new { g.Key.PointCode, g.Key.DeviceJrc, g.Key.Lot, Count = g.Count() }).ToListAsync(cancellationToken);
            var names = (await devices.All(cancellationToken)).GroupBy(d => d.Jrc).ToDictionary(d => d.Key, d => d.Last().FullName);
            var requests = await db.SupplyRequests.AsNoTracking().Within(SupplyRequest.Scope, user, QuickSwabsModule.MayKeepKits).OrderByDescending(r => r.AskedAt).Take(100).ToListAsync(cancellationToken);
            return new(
                [.. came.OrderBy(c => c.PointCode, StringComparer.Ordinal).ThenBy(c => c.Expiry).Select(c => new KitLine(
                    c.PointCode, region.QuickSwabs.FindPoint(c.PointCode)?.Name ?? c.PointCode, c.DeviceJrc, names.GetValueOrDefault(c.DeviceJrc, c.DeviceJrc), c.Lot, c.Expiry, c.Count,
                    used.Where(u => (u.PointCode, u.DeviceJrc, u.Lot) == (c.PointCode, c.DeviceJrc, c.Lot)).Sum(u => u.Count)))],
                requests, [.. (await book.Mine(QuickSwabsModule.MayKeepKits, cancellationToken)).Select(s => s.Point)]);
        }
    }
}

/// <param name="Came">Less what left without a test.</param>
internal sealed record KitLine(string PointCode, string Point, string Jrc, string Device, string Lot, DateOnly Expiry, int Came, int Used)
{
    public int Left => Came - Used;
}

/// <param name="Mine">The points at which the asker works: an ASL's operator at none.</param>
internal sealed record KitsOfPointsAnswer(IReadOnlyList<KitLine> Kits, IReadOnlyList<SupplyRequest> Requests, IReadOnlyList<SwabPoint> Mine);

/// <summary>Kits came to the point, or some were broken, given away, expired.</summary>
[Requires(QuickSwabsModule.MayKeepKits)]
internal sealed record NoteKits : ICommand<Unit>
{
    public Guid Id { get; init; }
    public string? PointCode { get; init; }
    public string? DeviceJrc { get; init; }
    public string? Lot { get; init; }
    public DateOnly? Expiry { get; init; }

    /// <summary>Less than nothing for those that left.</summary>
    public int? Quantity { get; init; }

    public string? Note { get; init; }

    internal sealed class Validator : AbstractValidator<NoteKits>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            Rules.Kit(this, c => c.PointCode, c => c.DeviceJrc, c => c.Lot, c => c.Expiry);
            RuleFor(c => c.Quantity).NotNull().WithMessage("Indichi quanti kit.").InclusiveBetween(-10000, 10000).WithMessage("Indichi quanti kit.").NotEqual(0).WithMessage("Indichi quanti kit.");
            RuleFor(c => c.Note).NotEmpty().When(c => c.Quantity < 0).WithMessage("Scriva il motivo.").MaximumLength(SupplyRequest.NoteLength).WithMessage("Al massimo 200 caratteri.");
        }
    }

    internal sealed class Handler(QuickSwabsDb db, PointBook book, ICurrentUser user, TimeProvider clock) : IRequestHandler<NoteKits, Unit>
    {
        public async Task<Unit> Handle(NoteKits request, CancellationToken cancellationToken)
        {
            var point = (await book.One(QuickSwabsModule.MayKeepKits, request.PointCode, cancellationToken)).Point;
            if (await db.KitMoves.AnyAsync(m => m.Id == request.Id, cancellationToken))
                return Unit.Value; // The form came twice.
            db.KitMoves.Add(new()
            {
                Id = request.Id, PointCode = point.Code, PointAsl = point.Asl, DeviceJrc = request.DeviceJrc!, Lot = request.Lot!.Trim().ToUpperInvariant(), Expiry = request.Expiry!.Value,
                Quantity = request.Quantity!.Value, Note = request.Note?.Trim() ?? "", At = clock.GetUtcNow().UtcDateTime, ByName = user.DisplayName,
            });
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>The point asks its ASL for kits.</summary>
[Requires(QuickSwabsModule.MayKeepKits)]
internal sealed record AskSupply : ICommand<Unit>
{
    public Guid Id { get; init; }
    public string? PointCode { get; init; }
    public int? Quantity { get; init; }
    public string? Note { get; init; }

    internal sealed class Validator : AbstractValidator<AskSupply>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(c => c.PointCode).NotEmpty().WithMessage("Scelga il punto.");
            RuleFor(c => c.Quantity).NotNull().WithMessage("Indichi quanti kit.").InclusiveBetween(1, 10000).WithMessage("Indichi quanti kit.");
            RuleFor(c => c.Note).MaximumLength(SupplyRequest.NoteLength).WithMessage("Al massimo 200 caratteri.");
        }
    }

    internal sealed class Handler(QuickSwabsDb db, PointBook book, ICurrentUser user, TimeProvider clock) : IRequestHandler<AskSupply, Unit>
    {
        public async Task<Unit> Handle(AskSupply request, CancellationToken cancellationToken)
        {
            var point = (await book.One(QuickSwabsModule.MayKeepKits, request.PointCode, cancellationToken)).Point;
            if (await db.SupplyRequests.AnyAsync(r => r.Id == request.Id, cancellationToken))
                return Unit.Value; // The form came twice.
            db.SupplyRequests.Add(new()
            {
                Id = request.Id, PointCode = point.Code, PointAsl = point.Asl, Quantity = request.Quantity!.Value, Note = request.Note?.Trim() ?? "",
                AskedAt = clock.GetUtcNow().UtcDateTime, AskedByName = user.DisplayName,
            });
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>The ASL grants, refuses, or has delivered.</summary>
[Requires(QuickSwabsModule.MaySupply)]
internal sealed record DecideSupply(Guid Id, int Version, SupplyState State, string? Note) : ICommand<Unit>
{
    internal sealed class Validator : AbstractValidator<DecideSupply>
    {
        public Validator() => RuleFor(c => c.Note).MaximumLength(SupplyRequest.NoteLength).WithMessage("Al massimo 200 caratteri.");
    }

    internal sealed class Handler(QuickSwabsDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<DecideSupply, Unit>
    {
        public async Task<Unit> Handle(DecideSupply request, CancellationToken cancellationToken)
        {
            var supply = await db.SupplyRequests.Within(SupplyRequest.Scope, user, QuickSwabsModule.MaySupply).SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            if (supply.State == request.State)
                return Unit.Value; // The form came twice.
            if (supply.Version != request.Version)
                throw Refusal.ChangedMeanwhile();
            if ((supply.State, request.State) is not ((SupplyState.Asked, SupplyState.Granted or SupplyState.Refused) or (SupplyState.Granted, SupplyState.Delivered)))
                throw new Refusal("supply-decided", "Nello stato in cui si trova la richiesta questa operazione non è possibile.");
            (supply.State, supply.DecidedAt, supply.DecidedByName, supply.DecisionNote) = (request.State, clock.GetUtcNow().UtcDateTime, user.DisplayName, request.Note?.Trim());
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
