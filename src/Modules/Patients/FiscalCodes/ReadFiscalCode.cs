using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.BuildingBlocks.Web;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts.FiscalCodes;

namespace Platform.Patients.FiscalCodes;

/// <summary>What a text says when read as a codice fiscale, and if it is none, why.</summary>
[OpenToAll("Pure computation: it says nothing of who exists.")]
internal sealed record ReadFiscalCode(string Code) : IQuery<FiscalCodeAnswer>
{
    internal sealed class Handler(IBirthPlaces places, Region region, TimeProvider clock) : IRequestHandler<ReadFiscalCode, FiscalCodeAnswer>
    {
        public Task<FiscalCodeAnswer> Handle(ReadFiscalCode request, CancellationToken cancellationToken)
        {
            var reading = FiscalCode.Read(request.Code, places, region.DayOf(clock.GetUtcNow()));
            return Task.FromResult(new FiscalCodeAnswer(
                reading.Valid,
                reading.Valid ? null : reading.Describe(CultureInfo.CurrentUICulture),
                reading.Sex switch { Sex.Male => "M", Sex.Female => "F", _ => null },
                reading.BirthDate,
                reading.BirthPlace));
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapGet("/fiscal-codes/{code}", async (string code, IMediator mediator, CancellationToken cancellation) =>
                    Answer.Json(await mediator.Send(new ReadFiscalCode(code), cancellation)))
                .WithTags("Codice fiscale").WithSummary("Checks a codice fiscale and reads sex, birth date and birth place from it.")
                .Produces<FiscalCodeAnswer>();
    }
}

/// <param name="Reason">A sentence in the request's language; null when valid.</param>
/// <param name="Sex">M, F, or null.</param>
internal sealed record FiscalCodeAnswer(bool Valid, string? Reason, string? Sex, DateOnly? BirthDate, BirthPlace? BirthPlace);
