using System.Reflection;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;

namespace Platform.BuildingBlocks.Security.Fields;

/// <summary>Which classes of fields the asker does not see, of what she asks for: by the roles that let her ask.</summary>
internal sealed class HiddenFields(ICurrentUser user, PermissionCatalogue permissions, Region region, TimeProvider clock)
{
    private static readonly HashSet<FieldClass> Nothing = [];

    public IReadOnlySet<FieldClass> Of(Type request)
    {
        // A citizen sees her own; the platform serves a use case that answers for itself.
        if (user.IsPlatform || request.IsDefined(typeof(BetweenModulesAttribute)) || request.GetCustomAttribute<RequiresAttribute>() is not { } asked)
            return Nothing;
        return region.Fields.HiddenFrom(user.Assignments.Select(a => a.Role).Where(r => permissions.Grants(asked.Permission, r)), region.DayOf(clock.GetUtcNow()));
    }

    /// <summary>The others, as the audit keeps them: <c>address identity</c>; null where the answer has none.</summary>
    public string? ShownBy(Type request, ReadModel answer)
    {
        var shown = answer.Classes.Except(Of(request)).Where(c => c != FieldClass.Work).Select(c => c.ToString().ToLowerInvariant()).Order(StringComparer.Ordinal);
        return string.Join(' ', shown) is { Length: > 0 } words ? words : null;
    }
}

/// <summary>The one place where what the asker must not see is left out of the answer, for pages, exports and the API alike.</summary>
internal sealed class HideFields<TRequest, TResponse>(IServiceProvider services, ModuleOfType modules, HiddenFields fields) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    private static readonly ReadModel? Model =
        typeof(TRequest).IsAssignableTo(typeof(IQuery<TResponse>)) && typeof(TResponse).IsAssignableTo(typeof(IAboutPatients)) ? ReadModel.Of(typeof(TResponse)) : null;

    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        Model is null ? next() : Hide(Model, next);

    private async Task<TResponse> Hide(ReadModel model, RequestHandlerDelegate<TResponse> next)
    {
        var response = await next();
        if (response is null || fields.Of(typeof(TRequest)).Where(model.Classes.Contains).ToHashSet() is not { Count: > 0 } hidden)
            return response;
        try
        {
            var gone = model.Blank(response, hidden);
            (response as IWholeList)?.BlankBy(row => ReadModel.Of(row.GetType()).Blank(row, hidden));
            // What was left out must never be saved so.
            if (modules.Of(typeof(TRequest)).Db is { } db)
            {
                foreach (var entry in ((ModuleDb)services.GetRequiredService(db)).ChangeTracker.Entries().Where(e => gone.Contains(e.Entity)).ToList())
                    entry.State = EntityState.Detached;
            }
        }
        catch (InvalidOperationException)
        {
            // What cannot be shown in part is not shown.
            throw Refusal.Forbidden();
        }

        return response;
    }
}
