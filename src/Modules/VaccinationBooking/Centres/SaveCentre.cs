using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.VaccinationBooking.Centres;

/// <summary>A centre, a pharmacy, a surgery, a team: added, or its data corrected. A public-health office does so for its own ASL.</summary>
[Requires(VaccinationModule.MayRunCentres)]
internal sealed record SaveCentre : ICommand<string>
{
    public string? Code { get; init; }

    /// <summary>Of the centre that was open on the screen; null for a new one.</summary>
    public int? Version { get; init; }

    public string? Name { get; init; }
    public CentreKind Kind { get; init; }

    /// <summary>Its name, as far as it says which, or its ISTAT code.</summary>
    public string? Municipality { get; init; }

    public string? PostalCode { get; init; }
    public string? Address { get; init; }
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }

    /// <summary>Citizens choose it by themselves.</summary>
    public bool Public { get; init; } = true;

    internal sealed class Validator : AbstractValidator<SaveCentre>
    {
        public Validator()
        {
            RuleFor(c => c.Code).NotEmpty().WithMessage("Scriva il codice del centro.").Matches("^[A-Z0-9][A-Z0-9-]{1,19}$").WithMessage("Il codice ha da 2 a 20 lettere maiuscole, cifre e trattini.");
            RuleFor(c => c.Name).NotEmpty().WithMessage("Scriva il nome.").MaximumLength(Centre.NameLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(c => c.Kind).IsInEnum().WithMessage("Il valore non è valido.");
            RuleFor(c => c.Municipality).NotEmpty().WithMessage("Scriva il comune.").MaximumLength(80).WithMessage("Il testo è troppo lungo.");
            RuleFor(c => c.PostalCode).NotEmpty().WithMessage("Il CAP ha 5 cifre.").Matches("^[0-9]{5}$").WithMessage("Il CAP ha 5 cifre.");
            RuleFor(c => c.Address).NotEmpty().WithMessage("Scriva l’indirizzo.").MaximumLength(120).WithMessage("Il testo è troppo lungo.");
            RuleFor(c => c.Latitude).InclusiveBetween(-90, 90).WithMessage("Gradi con i decimali, come 45,07.");
            RuleFor(c => c.Longitude).InclusiveBetween(-180, 180).WithMessage("Gradi con i decimali, come 45,07.");
        }
    }

    internal sealed class Handler(VaccinationDb db, Region region, ICurrentUser user, MadeCentres made) : IRequestHandler<SaveCentre, string>
    {
        public async Task<string> Handle(SaveCentre request, CancellationToken cancellationToken)
        {
            var municipality = Whereabouts.Meant(region, request.Municipality!);
            var asl = municipality.Asl;
            if (!user.IsPlatform && !user.ScopesOf(VaccinationModule.MayRunCentres).Any(s => s.Kind == ScopeKind.Region || s == new Scope(ScopeKind.Asl, asl)))
                throw new Refusal("other-asl", "Il comune è di un’altra ASL: lo chieda a quella, o alla regione.") { Kind = RefusalKind.Unprocessable };
            var centre = await db.Centres.SingleOrDefaultAsync(c => c.Code == request.Code, cancellationToken);
            if (centre is null)
                db.Add(centre = new() { Code = request.Code! });
            else if (!await db.Centres.Within(Centre.Scope, user, VaccinationModule.MayRunCentres).AnyAsync(c => c.Code == request.Code, cancellationToken))
                throw request.Version is null ? Exists() : Refusal.NotFound();
            else if (request.Version is null && (centre.Name, centre.Address) == (request.Name!.Trim(), request.Address!.Trim()))
                return centre.Code; // The form came twice.
            else if (request.Version != centre.Version)
                throw request.Version is null ? Exists() : Refusal.ChangedMeanwhile();
            (centre.Name, centre.Kind, centre.AslCode, centre.MunicipalityIstat) = (request.Name!.Trim(), request.Kind, asl, municipality.Istat);
            (centre.PostalCode, centre.Address, centre.Latitude, centre.Longitude, centre.Public) =
                (request.PostalCode!, request.Address!.Trim(), request.Latitude, request.Longitude, request.Public);
            await db.SaveChangesAsync(cancellationToken);
            made.Changed();
            return centre.Code;
        }

        private static Refusal Exists() => new("centre-exists", "C’è già un centro con questo codice.");
    }
}
