using System.Diagnostics;
using System.Reflection;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.BuildingBlocks.Telemetry;

namespace Platform.BuildingBlocks.Messaging;

/// <summary>Outermost: a span and a line in the log, with the request's name and never its content.</summary>
internal sealed class Trace<TRequest, TResponse>(ICurrentUser user, ILogger<TRequest> log) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        using var span = Traces.Source.StartActivity(typeof(TRequest).Name);
        var start = Stopwatch.GetTimestamp();
        var outcome = "done";
        try
        {
            return await next();
        }
        catch (Refusal refusal)
        {
            outcome = refusal.Code;
            if (refusal.Kind == RefusalKind.NotFound && user.IsSignedIn && await user.Looked.Named(request, cancellationToken) is var (noun, id))
                log.LogWarning("{Request} of {Account} named {Noun} {Id}, which is out of her scope", typeof(TRequest).Name, user.Id, noun, id);
            throw;
        }
        catch (ValidationException)
        {
            outcome = "invalid";
            throw;
        }
        catch
        {
            outcome = "failed";
            throw;
        }
        finally
        {
            var took = Stopwatch.GetElapsedTime(start);
            Traces.Requests.Record(took.TotalSeconds,
                new("request", typeof(TRequest).Name), new KeyValuePair<string, object?>("outcome", outcome));
            // What was not allowed to somebody is of interest to whoever watches over the installation.
            log.Log(outcome == "forbidden" ? LogLevel.Information : LogLevel.Debug, "{Request} {Outcome} in {Milliseconds:0.0} ms", typeof(TRequest).Name, outcome, took.TotalMilliseconds);
        }
    }
}

/// <summary>Who may: the request's declared permission. The scope is in the handler's query.</summary>
internal sealed class Authorise<TRequest, TResponse>(ICurrentUser user) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    private static readonly string? Permission = typeof(TRequest).GetCustomAttribute<RequiresAttribute>()?.Permission;

    private static readonly bool Open =
        typeof(TRequest).IsDefined(typeof(OpenToAllAttribute)) || typeof(TRequest).IsDefined(typeof(BetweenModulesAttribute));

    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        Permission is null
            ? Open ? next() : throw new InvalidOperationException($"{typeof(TRequest).Name} declares nobody who may send it.")
            : user.May(Permission) ? next() : throw Refusal.Forbidden();
}

/// <summary>Shape: texts that can be kept, then all validators of the request, one answer with all that is wrong.</summary>
internal sealed class Validate<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    private static readonly (string Name, Func<TRequest, string?> Value)[] Texts =
    [
        .. typeof(TRequest).GetProperties().Where(p => p.PropertyType == typeof(string) && p.GetIndexParameters().Length == 0)
            .Select(p => (p.Name, p.GetMethod!.CreateDelegate<Func<TRequest, string?>>())),
    ];

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        // Servers do not take it in any text, not even to look for it; what it is in was not typed by a person.
        var withNul = Texts.Where(t => t.Value(request)?.Contains('\0') == true).ToList();
        if (withNul.Count > 0)
            throw new ValidationException(withNul.Select(p => new FluentValidation.Results.ValidationFailure(p.Name, "Il testo contiene un carattere che non si può usare.")));
        foreach (var validator in validators)
        {
            var result = await validator.ValidateAsync(request, cancellationToken);
            if (!result.IsValid)
                throw new ValidationException(result.Errors);
        }

        return await next();
    }
}

/// <summary>Innermost: an answer that shows people leaves its line in the audit before it is given.</summary>
internal sealed class AuditReads<TRequest, TResponse>(IServiceProvider services, ModuleOfType modules, HiddenFields fields) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    // Questions between modules serve a use case that leaves its own line.
    private static readonly bool Silent =
        !typeof(TRequest).IsAssignableTo(typeof(IQuery<TResponse>)) || typeof(TRequest).IsDefined(typeof(BetweenModulesAttribute));

    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        Silent ? next() : Audited(next, cancellationToken);

    private async Task<TResponse> Audited(RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        var response = await next();
        if (response is IWholeList whole)
            whole.AuditBy((patients, records) => AuditPart(patients, records, cancellationToken));
        if (response is IAboutPatients about)
        {
            var (patients, records) = (about.PatientsShown.ToHashSet(), about.RecordsShown.ToHashSet());
            if (patients.Count + records.Count > 0)
                await Leave((ModuleDb)services.GetRequiredService(modules.Of(typeof(TRequest)).Db!), patients, records, cancellationToken);
        }

        return response;
    }

    // A context of its own: that of the handler is still reading.
    private async Task AuditPart(IReadOnlyCollection<Guid> patients, IReadOnlyCollection<Guid> records, CancellationToken cancellation)
    {
        await using var db = (ModuleDb)ActivatorUtilities.CreateInstance(services, modules.Of(typeof(TRequest)).Db!);
        await Leave(db, patients, records, cancellation);
    }

    private Task<int> Leave(ModuleDb db, IReadOnlyCollection<Guid> patients, IReadOnlyCollection<Guid> records, CancellationToken cancellation)
    {
        db.Audit("read", $"{modules.Of(typeof(TRequest)).Name}.{typeof(TRequest).Name}", patients, records, fields: fields.ShownBy(typeof(TRequest), ReadModel.Of(typeof(TResponse))));
        return db.SaveChangesAsync(cancellation);
    }
}

/// <summary>The room a type lives in.</summary>
public sealed class ModuleOfType(IEnumerable<Module> modules)
{
    private readonly Dictionary<Assembly, Module> byAssembly =
        modules.GroupBy(m => m.GetType().Assembly).ToDictionary(g => g.Key, g => g.First());

    /// <summary>What all modules have alike, as a generic of the building blocks, lives where its first argument does.</summary>
    public Module Of(Type type) => byAssembly[(type.IsConstructedGenericType ? type.GenericTypeArguments[0] : type).Assembly];
}
