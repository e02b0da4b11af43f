using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Contracts;
using Platform.VaccinationBooking.People;
using Platform.VaccinationBooking.Stock;

namespace Platform.VaccinationBooking.Doses;

/// <summary>She was given a dose elsewhere, and shows the paper: it counts as one of ours.</summary>
[Requires(VaccinationModule.MayNote)]
internal sealed record NoteDoseElsewhere : ICommand<Guid>
{
    /// <summary>Made by the form: sent twice, it is one dose.</summary>
    public Guid Id { get; init; }

    /// <summary>Whose arrival at the asker's centre, or whose record in her ASL.</summary>
    public Guid Person { get; init; }

    public string? Vaccine { get; init; }
    public DateOnly? Day { get; init; }
    public DoseKind? Kind { get; init; }

    /// <summary>Country or place, and the paper.</summary>
    public string? Where { get; init; }

    public string? LotNumber { get; init; }

    internal sealed class Validator : AbstractValidator<NoteDoseElsewhere>
    {
        public Validator(Region region, TimeProvider clock)
        {
            RuleFor(d => d.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(d => d.Vaccine).Must(v => region.Vaccination.Vaccines.Any(k => k.Code == v)).WithMessage("Scelga il vaccino.");
            RuleFor(d => d.Kind).NotNull().WithMessage("Scelga quale dose è.").IsInEnum().WithMessage("Il valore non è valido.");
            RuleFor(d => d.Day).NotNull().WithMessage("Indichi il giorno.").Must(day => day is null || (day <= region.DayOf(clock.GetUtcNow()) && day >= new DateOnly(2000, 1, 1))).WithMessage("Il giorno non può essere nel futuro.");
            RuleFor(d => d.Where).NotEmpty().WithMessage("Scriva dove, e con quale documento.").MaximumLength(GivenDose.ElsewhereLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(d => d.LotNumber).MaximumLength(StockLot.NumberLength).WithMessage("Al massimo 30 caratteri.");
        }
    }

    internal sealed class Handler(VaccinationDb db, ICurrentUser user, Region region) : IRequestHandler<NoteDoseElsewhere, Guid>
    {
        public Task<Guid> Handle(NoteDoseElsewhere request, CancellationToken cancellationToken) => db.OnceMore(async () =>
        {
            var person = await db.PersonToNote(user, request.Person, cancellationToken);
            if (await db.Doses.AnyAsync(d => d.Id == request.Id, cancellationToken))
                return request.Id; // The form came twice.
            var disease = region.Vaccination.Vaccines.First(v => v.Code == request.Vaccine).Disease;
            var stands = GivenDose.StandsOf(person.PatientId, disease, request.Kind!.Value);
            if (await db.Doses.AnyAsync(d => d.Stands == stands, cancellationToken))
                throw new Refusal("dose-there", "Questa dose è già registrata: la veda qui sotto.");
            var at = region.UtcOf(request.Day!.Value, new(12, 0));
            db.Add(new GivenDose
            {
                Id = request.Id, PatientId = person.PatientId, Disease = disease, VaccineCode = request.Vaccine!, Kind = request.Kind.Value, Stands = stands, GivenAt = at,
                Day = request.Day.Value, Age = GivenDose.AgeOn(request.Day.Value, person.BirthDate), Sex = person.Sex,
                LotNumber = string.IsNullOrWhiteSpace(request.LotNumber) ? null : request.LotNumber.Trim().ToUpperInvariant(), GivenBy = user.DisplayName, Elsewhere = request.Where!.Trim(),
                AslCode = person.AslCode, GpCode = person.GpCode,
            });
            db.Tell(new DoseAdministered(request.Id, person.PatientId, request.Vaccine!, disease, request.Kind.Value, at, null, null));
            await db.SaveChangesAsync(cancellationToken);
            return request.Id;
        });
    }
}

/// <summary>She has had the infection, and shows a positive test that is not among ours.</summary>
[Requires(VaccinationModule.MayNote)]
internal sealed record NoteRecovery : ICommand<Guid>
{
    public Guid Person { get; init; }
    public string? Disease { get; init; }
    public DateOnly? PositiveOn { get; init; }
    public string? Source { get; init; }

    internal sealed class Validator : AbstractValidator<NoteRecovery>
    {
        public Validator(Region region, TimeProvider clock)
        {
            RuleFor(r => r.Disease).Must(d => region.Vaccination.Vaccines.Any(v => v.Disease == d)).WithMessage("Scelga la malattia.");
            RuleFor(r => r.PositiveOn).NotNull().WithMessage("Indichi il giorno.").Must(day => day is null || (day <= region.DayOf(clock.GetUtcNow()) && day >= new DateOnly(2020, 1, 1))).WithMessage("Il giorno non può essere nel futuro.");
            RuleFor(r => r.Source).NotEmpty().WithMessage("Scriva con quale documento.").MaximumLength(120).WithMessage("Il testo è troppo lungo.");
        }
    }

    internal sealed class Handler(VaccinationDb db, ICurrentUser user) : IRequestHandler<NoteRecovery, Guid>
    {
        public Task<Guid> Handle(NoteRecovery request, CancellationToken cancellationToken) => db.OnceMore(async () =>
        {
            var person = await db.PersonToNote(user, request.Person, cancellationToken);
            return await db.Recovered(person.PatientId, request.Disease!, request.PositiveOn!.Value, request.Source!.Trim(), cancellationToken);
        });
    }
}

internal static class Facts
{
    /// <param name="id">Of an arrival at the asker's centre, or of a person in her scope.</param>
    public static async Task<Vaccinee> PersonToNote(this VaccinationDb db, ICurrentUser user, Guid id, CancellationToken cancellation)
    {
        var arrived = db.Arrivals.Within(Arrival.Scope, user, VaccinationModule.MayNote).Where(a => a.Id == id).Select(a => a.PatientId);
        return await db.Vaccinees.AsNoTracking().SingleOrDefaultAsync(v => arrived.Contains(v.PatientId), cancellation)
            ?? await db.Vaccinees.AsNoTracking().Within(Vaccinee.Scope, user, VaccinationModule.MayNote).SingleOrDefaultAsync(v => v.PatientId == id, cancellation) ?? throw Refusal.NotFound();
    }

    /// <summary>Two records were one person's: what both have stands once. A dose that both had is annulled on the record that ends.</summary>
    public static async Task FactsOfBoth(this VaccinationDb db, Guid merged, Guid survivor, CancellationToken cancellation)
    {
        db.RemoveRange(await db.Recoveries.Where(r => r.PatientId == merged && db.Recoveries.Any(o => o.PatientId == survivor && o.Disease == r.Disease && o.PositiveOn == r.PositiveOn)).ToListAsync(cancellation));
        db.RemoveRange(await db.Arrivals.Where(a => a.PatientId == merged && a.State != ArrivalState.Vaccinated
            && db.Arrivals.Any(o => o.PatientId == survivor && o.CampaignCode == a.CampaignCode && o.Day == a.Day)).ToListAsync(cancellation));
        var standing = await db.Doses.Where(d => d.PatientId == survivor && d.Stands != null).Select(d => d.Stands).ToHashSetAsync(cancellation);
        foreach (var dose in await db.Doses.Where(d => d.PatientId == merged && d.Stands != null).ToListAsync(cancellation))
        {
            dose.Stands = GivenDose.StandsOf(survivor, dose.Disease, dose.Kind);
            if (!standing.Add(dose.Stands))
                (dose.Stands, dose.AnnulledAt, dose.WhyAnnulled) = (null, dose.GivenAt, "merge");
        }
    }

    /// <summary>Noted once a day of the positive test.</summary>
    public static async Task<Guid> Recovered(this VaccinationDb db, Guid patient, string disease, DateOnly positiveOn, string source, CancellationToken cancellation)
    {
        var id = StableId.Of(patient, $"{disease} {positiveOn:yyyyMMdd}");
        if (!await db.Recoveries.AnyAsync(r => r.PatientId == patient && r.Disease == disease && r.PositiveOn == positiveOn, cancellation))
        {
            db.Add(new Recovery { Id = id, PatientId = patient, Disease = disease, PositiveOn = positiveOn, Source = source });
            await db.SaveChangesAsync(cancellation);
        }

        return id;
    }
}
