using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Persistence;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.Citizens;
using Platform.VaccinationBooking.Operations;
using Platform.VaccinationBooking.People;
using Platform.VaccinationBooking.WaitingRooms;

namespace Platform.VaccinationBooking;

public sealed class VaccinationModule : Module
{
    public override string Name => "vaccination";
    public override Type? Db => typeof(VaccinationDb);

    public override void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<CampaignBook>().AddSingleton<AvailabilityBoard>().AddSingleton<RecognitionDesk>().AddSingleton<BookingDesk>();
        services.AddSingleton<BookingPasses>().AddSingleton<WrongCards>().AddSingleton<BookingPulse>();
        services.AddSingleton<RoomKeeper>().AddSingleton<Door>().AddSingleton<Tickets>().AddSingleton<NumbersTaken>().AddSingleton<Pacer>();
        services.AddSingleton<CentreBoard>().AddSingleton<QueueTickets>().AddSingleton<Declarations>();
        if (configuration.GetValue("Background:Enabled", true))
            services.AddHostedService<PacerRounds>();
        services.AddScoped<PlaceLedger>().AddScoped<BookingKeys>().AddScoped<BookingMail>();
        services.AddScoped<IBookingLedger>(provider => provider.GetRequiredService<IDatabaseEngine>().Name == "PostgreSql"
            ? ActivatorUtilities.CreateInstance<PostgreSqlLedger>(provider)
            : ActivatorUtilities.CreateInstance<PortableLedger>(provider));
    }
}
