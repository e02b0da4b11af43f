using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.VaccinationBooking.Doses;

/// <summary>Before the dose she is asked the questions of the day and gives her consent; or she is sent home, with the reason.</summary>
[Requires(VaccinationModule.MayVaccinate)]
internal sealed record AssessArrival : ICommand<ArrivalState>
{
    public Guid Id { get; init; }

    /// <summary>Codes of the questions said yes to.</summary>
    public List<string> Yes { get; init; } = [];

    public ConsentBy? Consent { get; init; }

    /// <summary>She may have it.</summary>
    public bool Fit { get; init; } = true;

    public string? Note { get; init; }

    internal sealed class Validator : AbstractValidator<AssessArrival>
    {
        public Validator(Region region)
        {
            RuleFor(a => a.Yes).Must(yes => yes.TrueForAll(y => region.Vaccination.Questions.Any(q => q.Code == y))).WithMessage("Il valore non è valido.");
            RuleFor(a => a.Consent).IsInEnum().WithMessage("Il valore non è valido.");
            RuleFor(a => a.Note).MaximumLength(AdverseEvent.TextLength).WithMessage("Il testo è troppo lungo.");
        }
    }

    internal sealed class Handler(VaccinationDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<AssessArrival, ArrivalState>
    {
        public async Task<ArrivalState> Handle(AssessArrival request, CancellationToken cancellationToken)
        {
            var arrival = await db.Arrivals.Within(Arrival.Scope, user, VaccinationModule.MayVaccinate).SingleOrDefaultAsync(a => a.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var day = region.DayOf(clock.GetUtcNow());
            var stops = region.Vaccination.Questions.Any(q => q.Stops && q.Valid.On(day) && request.Yes.Contains(q.Code));
            arrival.Assess(request.Yes, stops, request.Consent, request.Fit, request.Note, user.DisplayName, clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync(cancellationToken);
            return arrival.State;
        }
    }
}
