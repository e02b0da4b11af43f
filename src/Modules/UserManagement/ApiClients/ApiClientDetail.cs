using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Contracts;

namespace Platform.UserManagement.ApiClients;

/// <summary>One machine, with its keys.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record ApiClientDetail(Guid Id) : IQuery<ApiClient>
{
    internal sealed class Handler(UserManagementDb db, Administration administration) : IRequestHandler<ApiClientDetail, ApiClient>
    {
        public Task<ApiClient> Handle(ApiClientDetail request, CancellationToken cancellationToken) => db.ClientOf(administration, request.Id, cancellationToken);
    }
}

/// <summary>A new key, shown once; the one before opens for some days more, so that the system changes over without a stop.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record RotateApiKey : ICommand<ApiClientCreated>, IAsksProof
{
    public Guid ClientId { get; init; }

    /// <summary>0 where the old key may be in other hands.</summary>
    public int OverlapDays { get; init; } = 7;

    internal sealed class Validator : AbstractValidator<RotateApiKey>
    {
        public Validator() => RuleFor(r => r.OverlapDays).InclusiveBetween(0, 30).WithMessage("I giorni vanno da 0 a 30.");
    }

    internal sealed class Handler(UserManagementDb db, Administration administration, TimeProvider clock) : IRequestHandler<RotateApiKey, ApiClientCreated>
    {
        public async Task<ApiClientCreated> Handle(RotateApiKey request, CancellationToken cancellationToken)
        {
            var client = await db.ClientOf(administration, request.ClientId, cancellationToken);
            if (client.RevokedAt is not null)
                throw new Refusal("client-revoked", "Questo client è revocato: ne crei uno nuovo.");
            var key = ApiKey.New();
            db.Note("users.RotateApiKey", client.Id);
            db.ApiKeys.Add(client.Add(key, TimeSpan.FromDays(request.OverlapDays), clock.GetUtcNow()));
            await db.SaveChangesAsync(cancellationToken);
            return new(client.Id, key);
        }
    }
}

/// <summary>The client's keys open nothing any more, from the next request on.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record RevokeApiClient(Guid Id) : ICommand<Unit>, IAsksProof
{
    internal sealed class Handler(UserManagementDb db, Administration administration, TimeProvider clock) : IRequestHandler<RevokeApiClient, Unit>
    {
        public async Task<Unit> Handle(RevokeApiClient request, CancellationToken cancellationToken)
        {
            var client = await db.ClientOf(administration, request.Id, cancellationToken);
            db.Note("users.RevokeApiClient", client.Id);
            client.RevokedAt ??= clock.GetUtcNow().UtcDateTime;
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>The client's own public key, with which its signed requests are known.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record AddSigningKey : ICommand<string>, IAsksProof
{
    public Guid ClientId { get; init; }

    /// <summary>Between BEGIN and END PUBLIC KEY.</summary>
    public string Pem { get; init; } = "";

    internal sealed class Validator : AbstractValidator<AddSigningKey>
    {
        public Validator() =>
            RuleFor(k => k.Pem).NotEmpty().WithMessage("Incolli la chiave pubblica.").MaximumLength(SigningKey.PemLength).WithMessage("Il testo è troppo lungo.");
    }

    internal sealed class Handler(UserManagementDb db, Administration administration, IDatabaseEngine engine, TimeProvider clock) : IRequestHandler<AddSigningKey, string>
    {
        public async Task<string> Handle(AddSigningKey request, CancellationToken cancellationToken)
        {
            var client = await db.ClientOf(administration, request.ClientId, cancellationToken);
            var pem = request.Pem.Trim();
            var key = SigningKeys.Read(pem)
                ?? throw new ValidationException([new(nameof(Pem), "Serve una chiave pubblica in formato PEM: RSA di almeno 2048 bit, oppure P-256, P-384 o P-521.")]);
            db.Note("users.AddSigningKey", client.Id);
            db.SigningKeys.Add(new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), ClientId = client.Id, Kid = key.KeyId, Pem = pem, CreatedAt = clock.GetUtcNow().UtcDateTime });
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException twin) when (engine.IsDuplicate(twin))
            {
                db.ChangeTracker.Clear();
                throw new Refusal("key-known", "Questa chiave pubblica è già registrata.");
            }

            return key.KeyId;
        }
    }
}

/// <summary>The facilities of a client, as they are from its next request on: a chain opens and closes some.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record ChangeClientScopes : ICommand<Unit>, IAsksProof
{
    public Guid ClientId { get; init; }

    /// <summary>Codes of facilities, one a line.</summary>
    public string Codes { get; init; } = "";

    internal sealed class Validator : AbstractValidator<ChangeClientScopes>
    {
        public Validator(Region region, IEnumerable<IMadePlaces> made) => RuleFor(c => c.Codes).CodesOfFacilities(region, made, c => []);
    }

    internal sealed class Handler(UserManagementDb db, Administration administration, Region region, IEnumerable<IMadePlaces> made) : IRequestHandler<ChangeClientScopes, Unit>
    {
        public async Task<Unit> Handle(ChangeClientScopes request, CancellationToken cancellationToken)
        {
            var client = await db.ClientOf(administration, request.ClientId, cancellationToken);
            var wanted = FacilityCodes.Read(region, made, request.Codes).OfType<Scope>().ToHashSet();
            if (wanted.Any(s => AccountChoices.OfMachine(s.Kind) != client.Role || !administration.MayGive(new(client.Role, s))))
                throw new Refusal("not-yours-to-give", "Una di queste strutture non è fra quelle che amministra, o è di un altro tipo.") { Kind = RefusalKind.Unprocessable };
            client.Scopes.RemoveAll(s => !wanted.Contains(new(s.Kind, s.Code)));
            client.Scopes.AddRange(wanted.Where(w => !client.Scopes.Exists(s => s.Kind == w.Kind && s.Code == w.Code))
                .Select(w => new ClientScope { ClientId = client.Id, Kind = w.Kind, Code = w.Code }));
            db.Note("users.ChangeClientScopes", client.Id);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>Requests signed with that key are refused from the next one on.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record RevokeSigningKey(Guid ClientId, Guid Id) : ICommand<Unit>, IAsksProof
{
    internal sealed class Handler(UserManagementDb db, Administration administration, TimeProvider clock) : IRequestHandler<RevokeSigningKey, Unit>
    {
        public async Task<Unit> Handle(RevokeSigningKey request, CancellationToken cancellationToken)
        {
            var client = await db.ClientOf(administration, request.ClientId, cancellationToken);
            var key = client.SigningKeys.Find(k => k.Id == request.Id) ?? throw Refusal.NotFound();
            db.Note("users.RevokeSigningKey", client.Id);
            key.RevokedAt ??= clock.GetUtcNow().UtcDateTime;
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

internal static class ClientsOfScope
{
    /// <summary>Of a chain, who administers all of it.</summary>
    public static bool Holds(this Administration administration, ApiClient client) => client.Assignments.All(a => administration.Holds(a.Scope));

    public static async Task<ApiClient> ClientOf(this UserManagementDb db, Administration administration, Guid id, CancellationToken cancellation) =>
        await db.ApiClients.Include(c => c.Keys.OrderByDescending(k => k.Id)).Include(c => c.SigningKeys.OrderByDescending(k => k.Id))
            .FirstOrDefaultAsync(c => c.Id == id, cancellation) is { } client && administration.Holds(client) ? client : throw Refusal.NotFound();
}
