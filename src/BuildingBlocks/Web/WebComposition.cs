using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;
using Platform.BuildingBlocks.ExternalSignIn;
using Platform.BuildingBlocks.ExternalSignIn.Cards;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Web;

/// <summary>How pages and the API behave in every module.</summary>
public static class WebComposition
{
    /// <summary>In bytes: a form, filled in well.</summary>
    public const int LargestRequest = 1024 * 1024;

    /// <summary>In which a machine may send its key that cannot send <c>Authorization</c>.</summary>
    public const string CourtesyKeyHeader = "X-Api-Key";

    public static readonly string[] Languages = ["it-IT", "en-GB"];

    public static IServiceCollection AddWeb(this IServiceCollection services, IEnumerable<Module> modules)
    {
        var pages = services.AddRazorPages(options =>
        {
            // A page lies beside its use case, in the folder of its noun.
            options.RootDirectory = "/";
            options.Conventions.ConfigureFilter(new PageDoor()).ConfigureFilter(new ProofDoor());
        }).AddViewOptions(views => views.HtmlHelperOptions.ClientValidationEnabled = false);
        // Accented letters as they are: half the bytes, and a source that can be read.
        services.Configure<WebEncoderOptions>(encoders => encoders.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.TryAddScoped<IPageFrame, PlatformFrame>();
        services.AddResponseCompression();
        foreach (var assembly in modules.Select(m => m.GetType().Assembly).Append(typeof(WebComposition).Assembly).Distinct())
            pages.AddApplicationPart(assembly);
        // Validators alone say what is required.
        services.Configure<MvcOptions>(o => o.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true);
        services.AddSingleton<SealedQuery>().AddSingleton<RememberedFilters>().AddSingleton<SealedCookies>();
        services.AddSingleton<ExternalProviders>().AddSingleton<ProviderHouses>().AddSingleton<SignInCookies>().AddSingleton<SignInTries>().AddScoped<SignInFlow>();
        services.AddSingleton<CardSettings>().AddSingleton<RevocationLists>().AddSingleton<ShownCertificate>().AddSingleton<CardReader>().AddSingleton<CardHouse>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, CardHandshake>();
        services.Configure<MvcOptions>(o =>
        {
            o.ValueProviderFactories.RemoveType<QueryStringValueProviderFactory>();
            o.ValueProviderFactories.Add(new SealedQueryValues());
        });
        services.AddSingleton<IConfigureOptions<MvcOptions>, BindingMessages>();
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "platform-form";
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddSingleton<HttpsCookies>();
        services.AddSingleton<IPostConfigureOptions<CookieAuthenticationOptions>>(s => s.GetRequiredService<HttpsCookies>());
        services.AddSingleton<IPostConfigureOptions<AntiforgeryOptions>>(s => s.GetRequiredService<HttpsCookies>());
        services.AddSingleton<IPostConfigureOptions<CookieTempDataProviderOptions>>(s => s.GetRequiredService<HttpsCookies>());
        // What takes files in says so itself, and how large they may be.
        services.Configure<KestrelServerOptions>(o => (o.Limits.MaxRequestBodySize, o.AddServerHeader) = (LargestRequest, false));
        // What is read from a socket is answered by the thread that read it: nothing here blocks one, and a crowd pays for each hop.
        services.Configure<SocketTransportOptions>(o => o.UnsafePreferInlineScheduling = true);
        services.AddExceptionHandler<Translation>();
        services.AddProblemDetails(o => o.CustomizeProblemDetails = Translation.DescribeBare);
        // A request that cannot be bound is told in our words, on every host.
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddAuthentication();
        services.AddAuthorization();
        services.AddHttpContextAccessor();
        services.Configure<RouteOptions>(o => o.LowercaseUrls = true);
        services.Configure<RequestLocalizationOptions>(o =>
        {
            // Both exist in full. The query string is left out, since it would let a link change the language.
            o.SetDefaultCulture(Languages[0]).AddSupportedCultures(Languages).AddSupportedUICultures(Languages);
            o.ApplyCurrentCultureToResponseHeaders = true;
            o.RequestCultureProviders =
            [
                new CookieRequestCultureProvider(),
                new CustomRequestCultureProvider(LanguageOfBrowser),
            ];
        });
        return services;
    }

    // The framework's own provider wants the whole name: whoever prefers "en" or "en-US" would read Italian.
    private static Task<ProviderCultureResult?> LanguageOfBrowser(HttpContext context)
    {
        var preferred = context.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1)
            .Select(l => Languages.FirstOrDefault(known => l.Value.StartsWith(known[..2], StringComparison.OrdinalIgnoreCase)
                && (l.Value.Length == 2 || l.Value.Value![2] == '-')))
            .FirstOrDefault(known => known is not null);
        return Task.FromResult(preferred is null ? null : new ProviderCultureResult(preferred));
    }

    /// <summary>From the outside in: headers, the page of a status, failures, sign-in.</summary>
    public static WebApplication UseWeb(this WebApplication app)
    {
        // What is configured wrongly is told at the start, not to the first citizen.
        _ = app.Services.GetRequiredService<ProviderHouses>().All;
        _ = app.Services.GetRequiredService<Documents.Seal>();
        _ = app.Services.GetRequiredService<Privacy.FieldKeys>();
        app.UseResponseCompression();
        app.UseRequestLocalization();
        app.UseMiddleware<SecurityHeaders>();
        // Outside the exception handler, so that a failure's status gets its page too.
        app.UseWhen(c => !Translation.IsApi(c), people => people.UseStatusCodePagesWithReExecute("/error/{0}"));
        app.UseWhen(Translation.IsApi, machines => machines.UseStatusCodePages());
        app.UseExceptionHandler(_ => { });
        app.UseRouting();
        // A machine without a key is nobody: there is nothing to find out, and a crowd of citizens' browsers is that.
        // The framework looks for this mark, which a branch does not leave, and would else put sign-in before everything, the handler of failures included.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseWhen(c => !Translation.IsApi(c) || c.Request.Headers.Authorization.Count > 0 || c.Request.Headers.ContainsKey(CourtesyKeyHeader), known => known.UseAuthentication());
        app.UseMiddleware<ApiPace>();
        app.UseMiddleware<IdentityMiddleware>();
        app.UseMiddleware<ClosedForMaintenance>();
        app.UseAuthorization();
        return app;
    }

    /// <summary>What the model binder says of a value it cannot read, in the reader's language.</summary>
    private sealed class BindingMessages(Texts texts) : IConfigureOptions<MvcOptions>
    {
        public void Configure(MvcOptions options)
        {
            var says = options.ModelBindingMessageProvider;
            says.SetAttemptedValueIsInvalidAccessor((value, _) => texts["«{0}» non è un valore valido.", value]);
            says.SetNonPropertyAttemptedValueIsInvalidAccessor(value => texts["«{0}» non è un valore valido.", value]);
            says.SetUnknownValueIsInvalidAccessor(_ => texts["Il valore non è valido."]);
            says.SetNonPropertyUnknownValueIsInvalidAccessor(() => texts["Il valore non è valido."]);
            says.SetValueIsInvalidAccessor(value => texts["«{0}» non è un valore valido.", value]);
            says.SetValueMustBeANumberAccessor(_ => texts["Deve essere un numero."]);
            says.SetNonPropertyValueMustBeANumberAccessor(() => texts["Deve essere un numero."]);
            says.SetValueMustNotBeNullAccessor(_ => texts["Campo obbligatorio."]);
            says.SetMissingBindRequiredValueAccessor(_ => texts["Campo obbligatorio."]);
            says.SetMissingKeyOrValueAccessor(() => texts["Campo obbligatorio."]);
            says.SetMissingRequestBodyRequiredValueAccessor(() => texts["La richiesta è vuota."]);
        }
    }
}

/// <summary>What every answer says to the browser (OWASP ASVS 14.4): nothing from elsewhere, nothing inline, no frames,
/// and no page with personal data kept in a cache.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, IHostEnvironment environment)
{
    /// <summary>Under it a page without any file of its own leaves the hash of its one style.</summary>
    public static readonly object OwnStyle = new();

    public Task InvokeAsync(HttpContext context)
    {
        // As the answer starts: the exception handler would clear what was set before.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy =
                "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
                + (context.Items[OwnStyle] is string style ? $"; style-src '{style}'" : "");
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()";
            // A browser that was told on localhost would refuse every other program there.
            if (context.Request.IsHttps && !environment.IsDevelopment())
                headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            // A machine's answer that a browser was led to is saved, not shown (OWASP ASVS 14.4.2).
            if (Translation.IsApi(context) && headers.ContentDisposition.Count == 0 && headers.ContentType is [{ Length: > 0 } type])
                headers.ContentDisposition = $"attachment; filename=\"api{Ending(type)}\"";
            // The typeface's file names carry its version; stylesheets cannot name a fingerprint.
            if (context.Request.Path.StartsWithSegments("/lib/fonts", StringComparison.Ordinal) && context.Response.StatusCode == StatusCodes.Status200OK)
                headers.CacheControl = "public, max-age=31536000, immutable";
            else if (headers.CacheControl.Count == 0)
                headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static string Ending(string type) =>
        type.Contains("json", StringComparison.Ordinal) ? ".json" : type.Contains("csv", StringComparison.Ordinal) ? ".csv" : type.Contains("pdf", StringComparison.Ordinal) ? ".pdf"
        : type.Contains("xml", StringComparison.Ordinal) ? ".xml" : type.StartsWith("text/calendar", StringComparison.Ordinal) ? ".ics" : ".txt";
}
