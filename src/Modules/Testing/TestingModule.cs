using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
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
        new(MayRequest, Role.Gp, Role.Paediatrician, Role.Sisp),
        new(MayRead, Role.Gp, Role.Paediatrician, Role.Sisp, Role.Hotspot, Role.Usca, Role.LabOperator),
        new(MayAuthorise, Role.Sisp),
        new(MayTakeSamples, Role.Hotspot, Role.Usca),
        new(MayReceiveSamples, Role.LabOperator),
        new(MayShip, Role.Hotspot, Role.Usca, Role.LabOperator),
        new(MayManageHotspots, Role.Hotspot, Role.Usca, Role.Sisp),
        new(MayStopLabs, Role.LabOperator, Role.Sisp),
    ];

    public override IReadOnlyList<MenuEntry> Menu =>
    [
        new("Tamponi", "/testing/requests", MayRead, 200),
        new("Su cui intervenire", "/testing/to-do", MayRequest, 202),
        new("Da autorizzare", "/testing/authorisations", MayAuthorise, 204),
        new("Lista del giorno", "/testing/hotspot", MayTakeSamples, 210),
        new("Spedizione campioni", "/testing/hotspot/dispatch", MayTakeSamples, 220),
        new("Accettazione campioni", "/testing/lab/reception", MayReceiveSamples, 230),
        new("Pool di campioni", "/testing/lab/pools", MayReceiveSamples, 235),
        new("Spedizioni", "/testing/shipments", MayShip, 240),
        new("Orari e chiusure", "/testing/hotspots", MayManageHotspots, 250),
        new("Laboratori", "/testing/labs", MayStopLabs, 260),
    ];

    public override void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<MovePeople>();
        services.AddScoped<ITimelineSource, SwabTimeline>();
        services.AddScoped<IPatientAction, RequestSwabAction>();
        services.AddScoped<IHomeCards, TestingCards>();
    }
}
