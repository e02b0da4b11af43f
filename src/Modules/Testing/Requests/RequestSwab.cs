using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;

namespace Platform.Testing.Requests;

/// <summary>A doctor or the public-health office asks for a swab of a person of theirs, and takes a place in a
/// hotspot's slot with it, or in the day of a unit that goes to her home. Where the region has the reason authorised,
/// the request is a proposal and its place is kept meanwhile.</summary>
/// <returns>The request; of a repeated post with the same <see cref="Id"/>, the first one's.</returns>
[Requires(TestingModule.MayRequest)]
internal sealed record RequestSwab : ICommand<Guid>, IPaced
{
    public const int NoteLength = 500;
    public const int AddressLength = 160;
    public const int PhoneLength = 30;

    /// <summary>Made by the client: the same at each repetition.</summary>
    public Guid Id { get; init; }

    public Guid PatientId { get; init; }
    public TestType? TestType { get; init; }

    /// <summary>Code of the region's list.</summary>
    public string? Reason { get; init; }

    /// <summary>Codes of the region's list.</summary>
    public List<string> Symptoms { get; init; } = [];

    /// <summary>First day of symptoms.</summary>
    public DateOnly? SymptomsSince { get; init; }

    public string? Note { get; init; }

    /// <summary>Where the unit of home visits is to go.</summary>
    public string? HomeAddress { get; init; }

    public string? HomePhone { get; init; }

    public Guid? SlotId { get; init; }

    internal sealed class Validator : AbstractValidator<RequestSwab>
    {
        public Validator()
        {
            RuleFor(r => r.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(r => r.PatientId).NotEmpty().WithMessage("Scelga la persona.");
            RuleFor(r => r.TestType).NotNull().WithMessage("Scelga il tipo di test.").IsInEnum().WithMessage("Scelga il tipo di test.");
            RuleFor(r => r.Reason).NotEmpty().WithMessage("Scelga il motivo.");
            RuleFor(r => r.Note).MaximumLength(NoteLength).WithMessage("Al massimo 500 caratteri.");
            RuleFor(r => r.HomeAddress).MaximumLength(AddressLength).WithMessage("Al massimo 160 caratteri.");
            RuleFor(r => r.HomePhone).MaximumLength(PhoneLength).WithMessage("Al massimo 30 caratteri.");
            RuleFor(r => r.SlotId).NotEmpty().WithMessage("Scelga l'orario.");
        }
    }

    internal sealed class Handler(
        TestingDb db, IMediator mediator, ICurrentUser user, Region region, IDatabaseEngine engine, TimeProvider clock)
        : IRequestHandler<RequestSwab, Guid>
    {
        public async Task<Guid> Handle(RequestSwab request, CancellationToken cancellationToken)
        {
            if (await IsRepeat(request, cancellationToken))
                return request.Id;
            var patient = (await mediator.Send(new VisiblePatient(request.PatientId), cancellationToken)).Patient;
            patient.CheckAlive();
            var act = user.Act(clock);
            var today = region.DayOf(clock.GetUtcNow());
            var wish = Wish.Of(region.Swabs, today, request.TestType!.Value, request.Reason!, request.Symptoms, request.SymptomsSince, request.Note);
            var swab = SwabRequest.Ask(request.Id, patient, wish, Authorisation.IsNeeded(wish.Reason, user), today, act);
            if (await db.Requests.AnyAsync(r => r.OpenFor == patient.Id && r.TestType == swab.TestType, cancellationToken))
                return await IsRepeat(request, cancellationToken) ? request.Id : throw AlreadyOpen();
            var slot = await db.Slots.AsNoTracking().SingleOrDefaultAsync(s => s.Id == request.SlotId, cancellationToken) ?? throw Refusal.NotFound();
            if (slot.StartsAt <= act.At)
                throw new Refusal("slot-past", "L'orario scelto è già passato: ne scelga un altro.");

            if (await db.Hotspots.AnyAsync(h => h.Code == slot.HotspotCode && h.AtHome, cancellationToken))
            {
                if (string.IsNullOrWhiteSpace(request.HomeAddress))
                    throw new Refusal("home-address-missing", "Per un prelievo a domicilio indichi l'indirizzo.") { Kind = RefusalKind.Unprocessable };
                swab.VisitAt(request.HomeAddress.Trim(), request.HomePhone?.Trim());
            }

            // Who is too late learns it here, without waiting for the turn to write.
            if (slot.Booked < slot.Capacity && await TakePlaceAndSave(swab, slot, act, cancellationToken))
                return request.Id;
            return await IsRepeat(request, cancellationToken) ? request.Id : throw SlotFull();
        }

        private async Task<bool> TakePlaceAndSave(SwabRequest swab, Slot slot, Act act, CancellationToken cancellation)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            if (!await db.TakePlace(slot.Id, cancellation))
                return false;
            db.Requests.Add(swab);
            if (swab.State == SwabRequestState.Proposed)
            {
                swab.Hold(slot);
            }
            else
            {
                swab.Book(slot, act);
                db.Tell(new SwabRequested(swab.Id, swab.PatientId, swab.TestType, swab.HotspotCode, slot.StartsAt, swab.RequestedBy));
            }

            try
            {
                await db.SaveChangesAsync(cancellation);
            }
            catch (DbUpdateException failure) when (engine.IsDuplicate(failure))
            {
                // The place goes back with the transaction; nothing of this may ride on a later save.
                await transaction.RollbackAsync(cancellation);
                db.ChangeTracker.Clear();
                if (await db.Requests.AnyAsync(r => r.Id == swab.Id && r.RequestedBy == user.Id, cancellation))
                    return true;
                throw AlreadyOpen();
            }

            await transaction.CommitAsync(cancellation);
            return true;
        }

        private Task<bool> IsRepeat(RequestSwab request, CancellationToken cancellation) =>
            db.Requests.AnyAsync(r => r.Id == request.Id && r.RequestedBy == user.Id, cancellation);

        private static Refusal SlotFull() =>
            new("slot-full", "I posti di questo orario sono appena finiti: scelga un altro orario.");

        private static Refusal AlreadyOpen() =>
            new("already-requested", "La persona ha già una richiesta aperta per questo tipo di test.");
    }
}

/// <summary>Begins a request from the patient's page.</summary>
internal sealed class RequestSwabAction : IPatientAction
{
    public string Permission => TestingModule.MayRequest;
    public string Title => "Richiedi un tampone";

    public string UrlFor(Guid patientId) => $"/testing/requests/new?patient={patientId}";
}
