using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Operations;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Notifications.Announcements;
using Platform.Notifications.Contracts;
using Platform.Notifications.Inbox;
using Platform.Notifications.Mails;
using Platform.Notifications.ReleaseNotes;

namespace Platform.Notifications;

public sealed class NotificationsModule : Module
{
    internal const string ReadInbox = "notifications.inbox";
    internal const string ReadOutbox = "notifications.outbox";

    private static readonly Role[] CareRoles = [Role.Gp, Role.Paediatrician, Role.Sisp, Role.Hotspot, Role.Usca, Role.LabOperator, Role.VaccinationOperator, Role.Pharmacy, Role.School];

    public override string Name => "notifications";
    public override Type? Db => typeof(NotificationsDb);

    public override IReadOnlyList<Permission> Permissions =>
    [
        new(ReadInbox, [.. RoleKinds.OfPeople]),
        new(InboxPermissions.OfScope, CareRoles),
        new(ReadOutbox, Role.Administrator),
    ];

    public override IReadOnlyList<MenuEntry> Menu =>
    [
        new("Messaggi", "/inbox", ReadInbox, 70),
        new("Posta in uscita", "/notifications/outbox", ReadOutbox, 85) { Group = "Sistema" },
        new("Manutenzione", "/notifications/announcements", PlatformPermissions.Operate, 86) { Group = "Sistema" },
    ];

    public override IReadOnlyList<ConsoleCommand> ConsoleCommands =>
    [
        new("announcements page", "announcements page OUT.html   write the page that stands in while the service is off", async (services, arguments, cancellation) =>
        {
            if (arguments is not [var file])
            {
                Console.Error.WriteLine("Where to? announcements page OUT.html");
                return 2;
            }

            var standIn = ActivatorUtilities.CreateInstance<WriteStandIn>(services);
            await WriteStandIn.Write(file, services.GetRequiredService<StandInPage>().Html(await standIn.Current(cancellation)), cancellation);
            return 0;
        }),
    ];

    public override void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<MailSettings>().AddSingleton<NeutralMail>().AddSingleton<MailServer>();
        services.AddSingleton<StandInPage>().AddSingleton<AnnouncedMaintenance>().AddSingleton<IMaintenanceNotices>(all => all.GetRequiredService<AnnouncedMaintenance>());
        services.AddScoped<IDiagnostic, MailDiagnostic>().AddScoped<Postman>().AddScoped<IForgets, MailsForgotten>().AddScoped<IForgets, MessagesForgotten>();
        services.AddScoped<IHeaderCount, Unread>().AddScoped<IHomeCards, Unread>().AddScoped<IHomeCards, NewReleaseNotes>();
    }
}
