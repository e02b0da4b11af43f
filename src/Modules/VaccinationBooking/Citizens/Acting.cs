using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>A citizen who has signed in books for somebody whom she represents, or for herself: her identity and the tie stand in place of the
/// card. Carried by her browser, sealed; both are asked anew at each step.</summary>
/// <param name="Session">Of her signing in: she leaves, and nothing more is done in her name.</param>
/// <param name="Citizen">Who acts, by her id in the registry; so <paramref name="Patient"/>, for whom.</param>
internal sealed record Acting(Guid Session, Guid Citizen, Guid Patient, string GivenName, string Campaign)
{
    private const string Cookie = "platform-vaccini-per";

    /// <summary>A waiting room may stand before the booking; the session ends it sooner.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    public bool ForOther => Citizen != Patient;

    public static Acting? Read(HttpContext context) =>
        context.RequestServices.GetRequiredService<SealedCookies>().Read(context, Cookie) is { } text ? JsonSerializer.Deserialize<Acting>(text) : null;

    public static void Leave(HttpContext context) => SealedCookies.Forget(context, Cookie, Journey.Root);

    public void Keep(HttpContext context, DateTime now) =>
        context.RequestServices.GetRequiredService<SealedCookies>().Write(context, Cookie, Journey.Root, JsonSerializer.Serialize(this), now + Kept);

    /// <returns>False once she has left.</returns>
    /// <exception cref="Refusal">Not found: the tie has ended.</exception>
    public async Task<bool> IsIn(IMediator mediator, CancellationToken cancellation) =>
        await mediator.Send(new CitizenIsIn(Session), cancellation)
        && (await mediator.Send(new MayActFor(Citizen, Patient), cancellation) ? true : throw Refusal.NotFound());
}
