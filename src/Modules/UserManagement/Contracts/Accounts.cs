using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.Contracts;

/// <summary>Makes an account with its first assignments; an account with the same user name is left as it is
/// and its id is answered.</summary>
/// <param name="UserName">What one types at the sign-in.</param>
/// <param name="Language">Two letters.</param>
[BetweenModules]
public sealed record CreateAccount(
    string UserName, string Password, string DisplayName, string Email, string Language, IReadOnlyList<Assignment> Assignments)
    : ICommand<Guid>;

/// <summary>Makes an API client of a facility, or of several of a chain, with a key that is answered once and kept only as a hash. With
/// <paramref name="Key"/> given (demonstration only) a client of that name is left as it is.</summary>
/// <param name="Assignments">One role, in one scope or more.</param>
[BetweenModules]
public sealed record CreateApiClient(string Name, IReadOnlyList<Assignment> Assignments, string? Key) : ICommand<ApiClientCreated>;

/// <param name="Key">To be sent as <c>Authorization: Bearer KEY</c>.</param>
public sealed record ApiClientCreated(Guid Id, string Key);
