using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Operations;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Web;
using Platform.Certificates;
using Platform.Correspondence;
using Platform.Host;
using Platform.Notifications;
using Platform.Patients;
using Platform.QuickSwabs;
using Platform.Referti;
using Platform.Schools;
using Platform.Testing;
using Platform.UserManagement;
using Platform.VaccinationBooking;

IReadOnlyList<Module> modules =
[
    new OperationsModule(),
    new PatientsModule(),
    new NotificationsModule(),
    new UserManagementModule(),
    new CorrespondenceModule(),
    new TestingModule(),
    new RefertiModule(),
    new QuickSwabsModule(),
    new VaccinationModule(),
    new CertificatesModule(),
    new SchoolsModule(),
];

var line = CommandLine.Read(args, modules);
var builder = WebApplication.CreateBuilder(line.HostArguments);
// Run from the build's output in any environment; an installation has its files beside it and finds no manifest.
builder.WebHost.UseStaticWebAssets();
// Files of a vault or an orchestrator, a secret each: Privacy__Keys__1 in /run/secrets.
if (builder.Configuration["Secrets:Folder"] is { Length: > 0 } secrets)
    builder.Configuration.AddKeyPerFile(HomeFolder.Resolve(builder.Environment, secrets));
builder.AddLogging(line);
builder.AddTelemetry();

var region = RegionPack.Read(HomeFolder.Resolve(builder.Environment, builder.Configuration["Region:Folder"]!), builder.Configuration.GetValue<int?>("Demo:People"));
var plain = PlainLinks.Check(builder.Configuration, builder.Environment);
var engine = Engines.Choose(builder.Configuration, builder.Environment);
builder.Services.AddSingleton(region);
builder.Services.AddModules(builder.Configuration, engine, modules);
builder.Services.AddWeb(modules);
builder.Services.AddApi();
builder.Services.AddDemo(builder.Configuration, builder.Environment);
if (line.Serves && builder.Configuration.GetValue("Background:Enabled", true))
    builder.Services.AddBackground(engine, region);

var app = builder.Build();
foreach (var link in plain)
    app.Logger.LogWarning("People's data travel in clear to {Link}, as Links:PlainTo permits", link);
app.UseWeb();
app.MapStaticAssets();
app.MapRazorPages().WithStaticAssets();
app.MapModules(app.MapApi(), modules);
app.MapHealth(modules);

return await line.Run(app);

internal sealed partial class Program;
