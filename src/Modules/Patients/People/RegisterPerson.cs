using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Duplicates;
using Platform.Patients.GpLists;
using Platform.Patients.Registry;

namespace Platform.Patients.People;

/// <summary>Enters a person in the registry. A doctor who does it takes her into her own list; an ASL registers its residents.</summary>
[Requires(PatientsModule.Register)]
internal sealed record RegisterPerson : ICommand<Guid>, IPaced
{
    /// <summary>Made by the form: sent twice, it registers once.</summary>
    public Guid Id { get; init; }

    /// <summary>Or STP, ENI, the tax office's eleven digits; without any, the platform gives a provisional code.</summary>
    public string? FiscalCode { get; init; }

    /// <summary>Of an STP or ENI.</summary>
    public DateOnly? IssuedOn { get; init; }

    public string? FamilyName { get; init; }
    public string? GivenName { get; init; }
    public Sex? Sex { get; init; }
    public DateOnly? BirthDate { get; init; }

    /// <summary>Name or Belfiore code.</summary>
    public string? BirthPlace { get; init; }

    /// <summary>Name or ISTAT code.</summary>
    public string? Residence { get; init; }

    /// <summary>The same, where she lives in fact if elsewhere.</summary>
    public string? Domicile { get; init; }

    public string? Address { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }

    /// <summary>Of an ASL's operator only; a doctor's own list goes without saying.</summary>
    public string? DoctorCode { get; init; }

    /// <summary>She is none of the likely duplicates that were shown.</summary>
    public bool SomebodyElse { get; init; }

    internal Declared Declared => new(FiscalCode, FamilyName, GivenName, Sex, BirthDate, BirthPlace, IssuedOn);
    internal DeclaredContacts Reach => new(Residence, Address, Email, Phone, Domicile);

    internal LikelyDuplicates Alike => new() { FiscalCode = FiscalCode, FamilyName = FamilyName, GivenName = GivenName, BirthDate = BirthDate };

    internal RegisterPerson FilledIn(RegistryPerson person) => this with
    {
        FiscalCode = person.FiscalCode ?? FiscalCode,
        FamilyName = person.FamilyName ?? FamilyName,
        GivenName = person.GivenName ?? GivenName,
        Sex = person.Sex switch { "F" => Contracts.FiscalCodes.Sex.Female, "M" => Contracts.FiscalCodes.Sex.Male, _ => Sex },
        BirthDate = person.BirthDate ?? BirthDate,
        BirthPlace = person.BirthPlace ?? BirthPlace,
        Residence = person.Residence ?? Residence,
        Domicile = person.Domicile ?? Domicile,
        Address = person.Address ?? Address,
    };

    internal sealed class Validator : AbstractValidator<RegisterPerson>
    {
        public Validator(PersonCheck check)
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Il modulo è incompleto: ricarichi la pagina.");
            RuleFor(c => c).Custom((form, context) =>
            {
                foreach (var misfit in check.Identity(form.Declared).Wrong.Concat(check.Reach(form.Reach).Wrong))
                    context.AddFailure(misfit.Field, misfit.Reason);
            });
        }
    }

    internal sealed class Handler(
        PatientsDb db, PersonCheck check, Likely likely, ICurrentUser user, IDatabaseEngine engine, Region region, TimeProvider clock)
        : IRequestHandler<RegisterPerson, Guid>
    {
        public async Task<Guid> Handle(RegisterPerson request, CancellationToken cancellationToken)
        {
            if (await db.Patients.AnyAsync(p => p.Id == request.Id, cancellationToken))
                return request.Id;
            var (person, _) = check.Identity(request.Declared);
            var (contacts, _) = check.Reach(request.Reach);
            await CheckUnknown(request, person!, cancellationToken);

            var lists = user.ScopesOf(PatientsModule.Register);
            var ownList = lists.FirstOrDefault(s => s.Kind == ScopeKind.GpList).Code;
            if (!user.IsPlatform && ownList is null && !lists.Contains(new(ScopeKind.Asl, contacts!.AslCode))
                && !lists.Contains(new(ScopeKind.Asl, contacts.DomicileAsl ?? "")))
            {
                throw new Refusal("resident-elsewhere", "Residenza e domicilio sono di un'altra ASL: la registrazione spetta a quella.");
            }

            var now = clock.GetUtcNow();
            var today = region.DayOf(now);
            var patient = Patient.Register(request.Id, person!, contacts!, now.UtcDateTime);
            await using var hold = await db.Database.BeginTransactionAsync(cancellationToken);
            if ((ownList ?? Words.Tidy(request.DoctorCode)) is { } code)
            {
                var (doctor, onList) = await db.HoldList(code, today, cancellationToken);
                if (ownList is null)
                    doctor.CheckWithin(user, PatientsModule.Register);
                patient.AssignTo(Guid.CreateVersion7(now), doctor, onList, today, null, today);
            }

            db.Patients.Add(patient);
            db.Tell(new PatientRegistered(patient.Summary()));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                await hold.CommitAsync(cancellationToken);
            }
            catch (DbUpdateException failure) when (engine.IsDuplicate(failure))
            {
                // Somebody registered her between our look and our save; or it was this very form.
                await hold.RollbackAsync(cancellationToken);
                db.ChangeTracker.Clear();
                if (await db.Patients.AnyAsync(p => p.Id == request.Id, cancellationToken))
                    return request.Id;
                throw AlreadyKnown();
            }

            return patient.Id;
        }

        private async Task CheckUnknown(RegisterPerson request, Person person, CancellationToken cancellation)
        {
            if ((person.FiscalCode ?? person.Other?.Value) is { } code && await likely.Has(code, cancellation))
                throw AlreadyKnown();
            if (request.SomebodyElse)
                return;
            var alike = await likely.Of(person, cancellation);
            // A codice fiscale of her own tells her from namesakes and twins, not from herself while she had none.
            if (alike.Any(a => a.Likeness is Likeness.FormerCode or Likeness.Omocodia || person.FiscalCode is null
                || (a.Patient.FiscalCode is null && a.Likeness == Likeness.SameNames)))
            {
                throw new Refusal("same-name", "Nell'anagrafe c'è già una persona che potrebbe essere la stessa: se non lo è, confermi che è un'altra persona.");
            }
        }

        private static Refusal AlreadyKnown() =>
            new("already-registered", "Questa persona è già registrata nell'anagrafe regionale: non serve registrarla di nuovo.");
    }
}
