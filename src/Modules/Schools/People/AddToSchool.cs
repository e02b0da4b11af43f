using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Schools.Register;

namespace Platform.Schools.People;

/// <summary>One person more for a school or a class: known to the registry by her code and name. A pupil leaves the class where she was.</summary>
[Requires(SchoolsModule.MayKeepLists)]
internal sealed record AddToSchool : ICommand<Guid>, IPaced
{
    /// <summary>Made by the form.</summary>
    public Guid Id { get; init; }

    public string? SchoolCode { get; init; }
    public SchoolPart Part { get; init; }
    public Guid? ClassId { get; init; }
    public string? FiscalCode { get; init; }

    /// <summary>As the code says: nobody learns by a code alone whose it is.</summary>
    public string? FamilyName { get; init; }

    public DateOnly? From { get; init; }

    internal sealed class Validator : AbstractValidator<AddToSchool>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(c => c.Part).IsInEnum().WithMessage("Il valore non è valido.");
            RuleFor(c => c.ClassId).NotNull().When(c => c.Part == SchoolPart.Pupil).WithMessage("Un alunno ha una classe: la scelga.");
            RuleFor(c => c.FiscalCode).NotEmpty().WithMessage("Scriva il codice fiscale.");
            RuleFor(c => c.FamilyName).NotEmpty().WithMessage("Scriva il cognome.");
            RuleFor(c => c.From).NotNull().WithMessage("Scriva da che giorno vale.");
        }
    }

    internal sealed class Handler(SchoolsDb db, IMediator mediator, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<AddToSchool, Guid>
    {
        public async Task<Guid> Handle(AddToSchool request, CancellationToken cancellationToken)
        {
            if (await db.Links.Within(SchoolLink.Scope, user, SchoolsModule.MayKeepLists).AnyAsync(l => l.Id == request.Id, cancellationToken))
                return request.Id;
            var school = await db.SchoolOf(user, SchoolsModule.MayKeepLists, request.SchoolCode, cancellationToken);
            if (request.ClassId is { } of)
                await Open(of, school, cancellationToken);
            if (request.From > region.DayOf(clock.GetUtcNow()))
                throw new Refusal("from-ahead", "Il giorno non può essere nel futuro.") { Kind = RefusalKind.Unprocessable };
            var found = await mediator.Send(new PatientsByIdentity(PersonCode.Tidy(request.FiscalCode), null, null, null), cancellationToken);
            if (found.SingleOrDefault(p => SearchText.Of(p.FamilyName) == SearchText.Of(request.FamilyName)) is not { } person)
                throw new Refusal("nobody-so", "In anagrafe non c’è nessuno con questo codice e questo cognome: la registri con un elenco, che ha anche il comune di residenza.") { Kind = RefusalKind.Unprocessable };
            var live = await db.Links.Where(l => l.PatientId == person.Id && l.Until == null && l.Part == request.Part).ToListAsync(cancellationToken);
            if (live.Find(l => l.SchoolCode == school.Code && l.ClassId == request.ClassId) is { } there)
                return there.Id;
            foreach (var other in live.Where(l => l.Part == SchoolPart.Pupil))
                other.Until = request.From!.Value.AddDays(-1);
            db.Links.Add(new()
            {
                Id = request.Id, PatientId = person.Id, Part = request.Part, SchoolCode = school.Code, ClassId = request.ClassId,
                InstituteCode = school.InstituteCode, AslCode = school.AslCode, From = request.From!.Value,
            });
            await db.SaveChangesAsync(cancellationToken);
            return request.Id;
        }

        private async Task Open(Guid id, School school, CancellationToken cancellation)
        {
            var of = await db.Classes.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.SchoolCode == school.Code, cancellation) ?? throw Refusal.NotFound();
            if (of.ClosedOn is not null)
                throw new Refusal("class-closed", "La classe è chiusa: nulla di nuovo può essere registrato per lei.");
        }
    }
}
