using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Contracts;
using Platform.Testing.Requests;

namespace Platform.Testing;

public sealed class TestingModule : Module
{
    public const string MayRequest = "testing.request";
    public const string MayRead = "testing.read";
    public const string MayTakeSamples = "testing.hotspot";
    public const string MayReceiveSamples = "testing.lab";

    public override string Name => "testing";
    public override Type? Db => typeof(TestingDb);

    public override IReadOnlyList<Permission> Permissions =>
    [
        new(MayRequest, Role.Gp, Role.Paediatrician, Role.Sisp),
        new(MayRead, Role.Gp, Role.Paediatrician, Role.Sisp, Role.Hotspot, Role.LabOperator),
        new(MayTakeSamples, Role.Hotspot),
        new(MayReceiveSamples, Role.LabOperator),
    ];

    public override IReadOnlyList<MenuEntry> Menu =>
    [
        new("Tamponi", "/testing/requests", MayRead, 200),
        new("Lista del giorno", "/testing/hotspot", MayTakeSamples, 210),
        new("Spedizione campioni", "/testing/hotspot/dispatch", MayTakeSamples, 220),
        new("Accettazione campioni", "/testing/lab/reception", MayReceiveSamples, 230),
    ];

    public override void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ITimelineSource, SwabTimeline>();
        services.AddScoped<IPatientAction, RequestSwabAction>();
        services.AddScoped<IHomeCards, TestingCards>();
    }
}
