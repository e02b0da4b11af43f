using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Correspondence.Conversations;
using Platform.Patients.Contracts;

namespace Platform.Correspondence;

/// <summary>What the public-health office of an ASL and the doctors write to each other.</summary>
public sealed class CorrespondenceModule : Module
{
    public const string Converse = "correspondence.converse";

    public override string Name => "correspondence";
    public override Type? Db => typeof(CorrespondenceDb);

    public override IReadOnlyList<Permission> Permissions => [new(Converse, Role.Gp, Role.Paediatrician, Role.Sisp)];

    public override IReadOnlyList<MenuEntry> Menu => [new("Conversazioni", "/conversations", Converse, 71)];

    public override void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<IHeaderCount, UnreadConversations>().AddScoped<IHomeCards, UnreadConversations>();
        services.AddScoped<IForgets, ConversationsForgotten>().AddScoped<ITimelineSource, ConversationTimeline>().AddScoped<IPatientAction, OpenConversationAction>();
    }
}
