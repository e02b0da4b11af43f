using Platform.BuildingBlocks.Messaging;

namespace Platform.BuildingBlocks.Security;

/// <summary>A person outside one's scope whom one has opened all the same, for a reason and a short time ("breaking the glass"). Rows of
/// hers come into sight by <see cref="ScopeRule{T}.Opened"/>, for reading alone; each look at her leaves the reason in the audit.</summary>
/// <param name="Url">Her page.</param>
public sealed record OpenedPerson(Guid PatientId, string Reason, DateTime Until, string Url);

/// <summary>Whom somebody has opened and still may see, asked at the door of each request: what was revoked is over with the next one.
/// Plugged in by the registry, which keeps the openings.</summary>
public interface IOpenedPeople
{
    Task<IReadOnlyList<OpenedPerson>> Of(Identity who, CancellationToken cancellation);
}

/// <summary>Somebody opened a person outside her scope: those who watch over privacy are told. It stands here because the module that
/// knows them does not know the registry.</summary>
/// <param name="Reason">In words.</param>
public sealed record PersonOpened(Guid OpeningId, Guid PatientId, string By, string Reason, DateTime Until) : IEvent;
