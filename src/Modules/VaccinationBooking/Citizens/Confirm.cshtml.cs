using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>The places are hers for some minutes: how to reach her, and the button that books.</summary>
[OpenToAll("The sealed journey says who she is and that she may.")]
internal sealed class ConfirmPage(BookingKeys keys, TimeProvider clock) : JourneyPage
{
    public const string Path = "/vaccini/prenota/conferma";

    [BindProperty]
    public ContactForm Form { get; set; } = new();

    /// <summary>Whole minutes for which the places are kept; 0 when they no longer are.</summary>
    public int MinutesLeft => (int)Math.Ceiling(SecondsLeft / 60d);

    /// <summary>For the countdown: by the host's clock, whatever hers says.</summary>
    public int SecondsLeft => Journey.HeldUntil is { } until ? Math.Max(0, (int)Math.Ceiling((until - clock.GetUtcNow().UtcDateTime).TotalSeconds)) : 0;

    public HeldDates Held { get; private set; } = null!;

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync() => await Order(
        new ConfirmBooking
        {
            Booking = new BookVaccination
            {
                Id = Journey.Id, Pass = Journey.Pass, First = Journey.First!.Value, Second = Journey.Second, Email = Form.Email, Phone = Form.Phone,
                Language = Texts.Italian ? "it" : "en", Address = Address,
            },
            ForOther = Journey.ForOther,
        },
        answer =>
        {
            Keep(Journey with { Pass = "", Booked = keys.Issue(answer.Id, Journey.By?.Citizen), HeldUntil = null, Until = clock.GetUtcNow().UtcDateTime + BookingPasses.Valid });
            return LocalRedirect(ReceiptPage.Path);
        });

    protected override string? Elsewhere(Journey journey) =>
        journey.Booked is not null ? ReceiptPage.Path : journey.First is null ? ChooseDatesPage.Path : null;

    protected override async Task Load() => Held = await Ask(new HeldDatesOf(Journey.First!.Value, Journey.Second));
}

internal sealed record ContactForm
{
    public string? Email { get; init; }
    public string? Phone { get; init; }
}
