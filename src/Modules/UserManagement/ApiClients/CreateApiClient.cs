using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.UserManagement.Contracts;

namespace Platform.UserManagement.ApiClients;

internal sealed class CreateApiClientHandler(UserManagementDb db, IDatabaseEngine engine, TimeProvider clock) : IRequestHandler<CreateApiClient, ApiClientCreated>
{
    public async Task<ApiClientCreated> Handle(CreateApiClient request, CancellationToken cancellationToken)
    {
        var known = await db.ApiClients.AsNoTracking().FirstOrDefaultAsync(c => c.Name == request.Name, cancellationToken);
        if (known is not null)
        {
            return request.Key is { } given
                ? new(known.Id, given)
                : throw NameTaken();
        }

        var key = request.Key ?? ApiKey.New();
        var client = new ApiClient
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Name = request.Name,
            Role = request.Assignments[0].Role,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        };
        client.Scopes.AddRange(request.Assignments.Select(a => a.Scope).Distinct().Select(s => new ClientScope { ClientId = client.Id, Kind = s.Kind, Code = s.Code }));
        client.Add(key, TimeSpan.Zero, clock.GetUtcNow());
        db.ApiClients.Add(client);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (engine.IsDuplicate(failure))
        {
            db.ChangeTracker.Clear();
            throw NameTaken();
        }

        return new(client.Id, key);
    }

    private static Refusal NameTaken() => new("client-exists", "Esiste già un client API con questo nome.");
}
