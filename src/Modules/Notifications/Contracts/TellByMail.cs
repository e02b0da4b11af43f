using MediatR;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Notifications.Contracts;

/// <summary>Tells those entitled by e-mail that something waits for them at an address of the platform, and nothing of what it is; for
/// what has a list of its own and is in no inbox.</summary>
/// <param name="Cause">The same cause again is the same mail.</param>
/// <param name="Link">Path of the page.</param>
[BetweenModules]
public sealed record TellByMail(Guid Cause, Recipient To, string Link) : ICommand<Unit>;
