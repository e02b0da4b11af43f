using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Contracts;
using Platform.Testing.Hotspots;
using Platform.Testing.Requests;

namespace Platform.Testing;

public sealed class TestingModule : Module
{
    public const string MayRequest = "testing.request";
    public const string MayRead = "testing.read";
    public const string MayTakeSamples = "testing.hotspot";
    public const string MayReceiveSamples = "testing.lab";

    public const string MayAuthorise = "testing.authorise";
    public const string MayManageHotspots = "testing.openings";
    public const string MayStopLabs = "testing.stops";
    public const string MayShip = "testing.shipments";

    public override string Name => "testing";
    public override Type? Db => typeof(TestingDb);

    public override IReadOnlyList<Permission> Permissions =>
    [
        new(MayRequest, Role.Gp, Role.Paediatrician, Role.Secretary, Role.Sisp),
        new(MayRead, Role.Gp, Role.Paediatrician, Role.Secretary, Role.Sisp, Role.Hotspot, Role.Usca, Role.LabOperator) { ShowsOpened = true },
        new(MayAuthorise, Role.Sisp),
        new(MayTakeSamples, Role.Hotspot, Role.Usca),
        new(MayReceiveSamples, Role.LabOperator),
        new(MayShip, Role.Hotspot, Role.Usca, Role.LabOperator),
        new(MayManageHotspots, Role.Hotspot, Role.Usca, Role.Sisp),
        new(MayStopLabs, Role.LabOperator, Role.Sisp),
    ];

    public override IReadOnlyList<MenuEntry> Menu =>
    [
        new("Tamponi", "/testing/requests", MayRead, 20) { Group = "Tamponi" },
        new("Su cui intervenire", "/testing/to-do", MayRequest, 20) { Group = "Tamponi" },
        new("Da autorizzare", "/testing/authorisations", MayAuthorise, 21) { Group = "Tamponi" },
        new("Lista del giorno", "/testing/hotspot", MayTakeSamples, 22) { Group = "Tamponi" },
        new("Spedizione campioni", "/testing/hotspot/dispatch", MayTakeSamples, 25) { Group = "Tamponi" },
        new("Accettazione campioni", "/testing/lab/reception", MayReceiveSamples, 27) { Group = "Tamponi" },
        new("Pool di campioni", "/testing/lab/pools", MayReceiveSamples, 28) { Group = "Tamponi" },
        new("Spedizioni", "/testing/shipments", MayShip, 30) { Group = "Tamponi" },
        new("Orari e chiusure", "/testing/hotspots", MayManageHotspots, 32) { Group = "Tamponi" },
        new("Laboratori", "/testing/labs", MayStopLabs, 35) { Group = "Tamponi" },
    ];

    public override void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<MovePeople>();
        services.AddScoped<ITimelineSource, SwabTimeline>();
        services.AddScoped<IPatientAction, RequestSwabAction>();
        services.AddScoped<IHomeCards, TestingCards>();
        services.AddScoped<IForgets, RequestsForgotten>().AddScoped<IExtracted, ExtractedTests>();
    }
}
