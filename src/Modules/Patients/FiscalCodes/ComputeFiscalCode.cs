using System.Globalization;
using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Platform.BuildingBlocks.Web;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.People;

namespace Platform.Patients.FiscalCodes;

/// <summary>The codice fiscale that these data give; the person's own may differ by omocodia.</summary>
[OpenToAll("Pure computation: it says nothing of who exists.")]
internal sealed record ComputeFiscalCode : IQuery<ComputedFiscalCode>
{
    public string? FamilyName { get; init; }
    public string? GivenName { get; init; }

    /// <summary>M or F.</summary>
    public string? Sex { get; init; }

    /// <summary>As 1980-03-12.</summary>
    public string? BirthDate { get; init; }

    /// <summary>Belfiore code, or the place's name, with its province in brackets where one name is of several.</summary>
    public string? BirthPlace { get; init; }

    private DateOnly? Born =>
        DateOnly.TryParseExact(BirthDate?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private bool IsFemale => string.Equals(Sex?.Trim(), "F", StringComparison.OrdinalIgnoreCase);

    internal sealed class Validator : AbstractValidator<ComputeFiscalCode>
    {
        public Validator(PlaceNames names, Region region, TimeProvider clock)
        {
            RuleFor(c => c.FamilyName).Must(HasLetters).WithMessage("Serve il cognome, con almeno una lettera latina.")
                .MaximumLength(Patient.NameLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(c => c.GivenName).Must(HasLetters).WithMessage("Serve il nome, con almeno una lettera latina.")
                .MaximumLength(Patient.NameLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(c => c.Sex).Must(s => s?.Trim().ToUpperInvariant() is "M" or "F").WithMessage("Il sesso è M oppure F.");
            RuleFor(c => c.BirthDate).Must((c, _) => c.Born is not null).WithMessage("La data di nascita va scritta come 1980-03-12.");
            RuleFor(c => c.BirthDate).Must((c, _) => c.Born is not { } born || born <= region.DayOf(clock.GetUtcNow()))
                .WithMessage("La data di nascita è nel futuro.");
            RuleFor(c => c.BirthPlace).Custom((text, context) =>
            {
                var born = context.InstanceToValidate.Born;
                var found = names.Called(text ?? "", born);
                if (found.Count != 1)
                {
                    context.AddFailure(found.Count == 0
                        ? "Nessun comune e nessuno Stato si chiama così: scriva il nome per intero o il codice catastale."
                        : "Più luoghi si chiamano così: aggiunga la provincia tra parentesi, o scriva il codice catastale.");
                }
                else if (born is { } day && !found[0].ExistedOn(day))
                {
                    context.AddFailure("Il luogo di nascita non esisteva con questo codice alla data di nascita.");
                }
            });
        }

        private static bool HasLetters(string? name) => name is not null && NameLetters.OfFamilyName(name) is not null;
    }

    internal sealed class Handler(PlaceNames names) : IRequestHandler<ComputeFiscalCode, ComputedFiscalCode>
    {
        public Task<ComputedFiscalCode> Handle(ComputeFiscalCode request, CancellationToken cancellationToken)
        {
            var born = request.Born!.Value;
            return Task.FromResult(new ComputedFiscalCode(FiscalCode.Compute(
                request.FamilyName!, request.GivenName!, request.IsFemale ? Contracts.FiscalCodes.Sex.Female : Contracts.FiscalCodes.Sex.Male,
                born, names.Called(request.BirthPlace!, born)[0].Code)));
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        private const int LargestBody = 64 * 1024;

        public static void Map(IEndpointRouteBuilder api) =>
            api.MapPost("/fiscal-codes", async (HttpRequest request, IMediator mediator, CancellationToken cancellation) =>
                    Answer.Json(await mediator.Send(await Read(request, cancellation), cancellation)))
                .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
                .WithTags("Codice fiscale").WithSummary("Computes the codice fiscale from a person's birth data.")
                .Accepts<ComputeFiscalCode>("application/json").Produces<ComputedFiscalCode>()
                .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

        // Read by hand: a number where a text belongs is told by field, with all else that is wrong.
        private static async Task<ComputeFiscalCode> Read(HttpRequest request, CancellationToken cancellation)
        {
            try
            {
                using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellation);
                if (body.RootElement.ValueKind != JsonValueKind.Object)
                    throw new ValidationException([new("", "Il corpo deve essere un oggetto JSON.")]);
                return new()
                {
                    FamilyName = Text(body.RootElement, "familyName"),
                    GivenName = Text(body.RootElement, "givenName"),
                    Sex = Text(body.RootElement, "sex"),
                    BirthDate = Text(body.RootElement, "birthDate"),
                    BirthPlace = Text(body.RootElement, "birthPlace"),
                };
            }
            catch (JsonException malformed)
            {
                throw new BadHttpRequestException("The body is not JSON.", malformed);
            }
        }

        private static string? Text(JsonElement body, string name)
        {
            if (!body.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
                return null;
            try
            {
                return value.GetString();
            }
            catch (InvalidOperationException)
            {
                return null; // half of a surrogate pair
            }
        }
    }
}

internal sealed record ComputedFiscalCode(string FiscalCode);
