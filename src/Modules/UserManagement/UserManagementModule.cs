using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.ExternalSignIn;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Operations;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Notifications.Contracts;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Alarms;
using Platform.UserManagement.ApiClients;
using Platform.UserManagement.Approvals;
using Platform.UserManagement.AuditLog;
using Platform.UserManagement.Contracts;
using Platform.UserManagement.ExternalSignIn;
using Platform.UserManagement.Extractions;
using Platform.UserManagement.Imports;
using Platform.UserManagement.Passkeys;
using Platform.UserManagement.RetentionRuns;
using Platform.UserManagement.SecondFactor;
using Platform.UserManagement.Sessions;

namespace Platform.UserManagement;

public sealed class UserManagementModule : Module
{
    internal const string ManageUsers = "users.manage";
    internal const string Delegate = "users.delegate";
    internal const string ReadAudit = "audit.read";
    internal const string SeeRetention = "users.see-retention";
    internal const string WhoSaw = "audit.who-saw";
    internal const string AskExtractions = "extractions.ask";
    internal const string DecideExtractions = "extractions.decide";
    internal const string SeeExtractions = "extractions.see";

    /// <summary>Looks at the path: people carry a session, machines a key.</summary>
    private const string ByPath = "by-path";

    public override string Name => "users";
    public override Type? Db => typeof(UserManagementDb);

    public override IReadOnlyList<Permission> Permissions =>
        [new(ManageUsers, Role.Administrator, Role.LocalAdministrator), new(Delegate, Role.Gp, Role.Paediatrician), new(ReadAudit, Role.Administrator, Role.PrivacyOfficer),
        new(WhoSaw, Role.PrivacyOfficer), new(SeeRetention, Role.PrivacyOfficer, Role.Administrator),
        new(AskExtractions, Role.Analyst), new(DecideExtractions, Role.PrivacyOfficer), new(SeeExtractions, Role.Analyst, Role.PrivacyOfficer)];

    public override IReadOnlyList<MenuEntry> Menu =>
    [
        new("Utenti", "/users", ManageUsers, 80),
        new("Deleghe", "/delegations", Delegate, 75),
        new("Registro degli accessi", "/audit", ReadAudit, 82) { Group = "Sistema" },
        new("Conservazione dei dati", "/privacy/retention", SeeRetention, 83) { Group = "Sistema" },
        new("Estrazioni per analisi", "/privacy/extractions", SeeExtractions, 19) { Group = "Privacy" },
    ];

    public override IReadOnlyList<ConsoleCommand> ConsoleCommands =>
    [
        VerifyAudit.Command, FirstAdministrator.Command,
        new("import accounts", "import accounts FILE [--invite]   people and their roles from a CSV or xlsx file, each new one invited by mail (docs/accounts.md)", async (services, words, cancellation) =>
        {
            if (words is [var file, .. var rest] && rest is [] or ["--invite"])
                return await services.GetRequiredService<ImportConsole>().Run<AccountsImport>(file, rest is [] ? null : AccountsImport.Inviting, null, Console.Out, cancellation);
            await Console.Error.WriteLineAsync("Usage: import accounts FILE [--invite]");
            return 2;
        }),
    ];

    public override void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddIdentityCore<Account>(identity =>
        {
            identity.User.RequireUniqueEmail = true;
            // Length and variety rather than kinds of characters (NIST SP 800-63B 5.1.1.2).
            identity.Password = new()
            {
                RequiredLength = 12, RequiredUniqueChars = 6,
                RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false,
            };
        }).AddErrorDescriber<ItalianIdentityErrors>().AddPasswordValidator<KnownPasswords>();
        services.AddSingleton<Peppers>().AddScoped<IPasswordHasher<Account>, PepperedHasher>();
        services.Configure<PasswordHasherOptions>(hashing =>
            hashing.IterationCount = configuration.GetValue("Accounts:PasswordIterations", hashing.IterationCount));
        services.AddSingleton<KnownAuditTerms>().AddScoped<IDiagnostic, AccessDiagnostic>();
        services.AddScoped<IHeldElsewhere, HeldAuditLines>().AddScoped<IForgets, SignInsForgotten>().AddScoped<IForgets, AuditArchive>().AddScoped<IForgets, AccountsForgotten>().AddScoped<IWhoSaw, AuditLog.WhoSaw>();
        services.AddScoped<Pseudonyms>().AddScoped<ExtractionFile>().AddScoped<ExtractionMaker>().AddScoped<IHomeCards, ExtractionCards>();
        services.AddScoped<IUserStore<Account>, AccountStore>();
        services.Configure<IdentityPasskeyOptions>(keys => (keys.UserVerificationRequirement, keys.ResidentKeyRequirement) = ("required", "required"));
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>().AddScoped<PasskeyCeremony>().AddScoped<SignedRequest>().AddScoped<KnownClients>();
        services.AddScoped<IIdentitySource, Session.IdentitySource>();
        services.AddScoped<IRecipientDirectory, RecipientDirectory>();
        services.AddScoped<IExternalEntrance, AccountEntrance>();
        services.AddScoped<Administration>().AddScoped<AccountMail>().AddScoped<IHomeCards, ApprovalCards>();
        services.AddSingleton<SignInPace>().AddSingleton<DemoCast>().AddSingleton<SecondFactorRule>().AddSingleton<SecondFactorSecrets>();

        services.AddAuthentication(ByPath)
            .AddPolicyScheme(ByPath, null, o => o.ForwardDefaultSelector = context =>
                context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) ? ApiKeyScheme.Name : Session.Scheme)
            .AddCookie(Session.Scheme, Session.Configure)
            .AddCookie(PendingSignIn.Scheme, PendingSignIn.Configure)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyScheme>(ApiKeyScheme.Name, null);
        services.AddAuthorization();

        services.AddDataProtection().SetApplicationName("platform");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            keys => keys.XmlRepository = ActivatorUtilities.CreateInstance<ProtectionKeys>(provider)));
    }
}
