using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.QuickSwabs.Preregistrations;

namespace Platform.QuickSwabs.Swabs;

/// <summary>The sample of a person who is there is on the cassette: from now on the minutes count.</summary>
/// <returns>The test; of a repeated post with the same <see cref="Id"/>, the first one's.</returns>
[Requires(QuickSwabsModule.MayTest)]
internal sealed record StartQuickSwab : ICommand<Guid>, IPaced
{
    public Guid Id { get; init; }

    /// <summary>Codice fiscale, STP or ENI, as the card has it.</summary>
    public string? FiscalCode { get; init; }

    /// <summary>From here to the telephone: only of who is not in the registry yet.</summary>
    public string? FamilyName { get; init; }

    public string? GivenName { get; init; }
    public DateOnly? BirthDate { get; init; }
    public string? Residence { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }

    public string? PointCode { get; init; }
    public string? DeviceJrc { get; init; }
    public string? Lot { get; init; }
    public DateOnly? KitExpiry { get; init; }
    public bool Symptoms { get; init; }
    public DateOnly? SymptomsSince { get; init; }

    /// <summary>Contact of a known case.</summary>
    public bool Link { get; init; }

    /// <summary>What the person's own square said, if she had registered before.</summary>
    public Guid? Preregistration { get; init; }

    internal sealed class Validator : AbstractValidator<StartQuickSwab>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            Rules.Person(this, c => c.FiscalCode);
            Rules.Kit(this, c => c.PointCode, c => c.DeviceJrc, c => c.Lot, c => c.KitExpiry);
        }
    }

    internal sealed class Handler(QuickSwabsDb db, SwabDesk desk, PreregistrationDesk preregistrations, IDatabaseEngine engine, ICurrentUser user, TimeProvider clock) : IRequestHandler<StartQuickSwab, Guid>
    {
        public Task<Guid> Handle(StartQuickSwab request, CancellationToken cancellationToken) => db.OnceMore(engine, () => Start(request, cancellationToken));

        private async Task<Guid> Start(StartQuickSwab request, CancellationToken cancellation)
        {
            if (await db.Swabs.Within(QuickSwab.Desk, user, QuickSwabsModule.MayTest).AnyAsync(s => s.Id == request.Id, cancellation))
                return request.Id;
            var swab = await desk.Begin(
                request.Id, new(request.FiscalCode, request.FamilyName, request.GivenName, request.BirthDate, request.Residence, request.Email, request.Phone),
                new(request.PointCode, request.DeviceJrc, request.Lot, request.KitExpiry, request.Symptoms, request.SymptomsSince, request.Link),
                clock.GetUtcNow().UtcDateTime, QuickSwabsModule.MayTest, cancellation);
            if (request.Preregistration is { } before)
                await preregistrations.Use(before, swab, cancellation);
            await db.SaveChangesAsync(cancellation);
            return swab.Id;
        }
    }
}
