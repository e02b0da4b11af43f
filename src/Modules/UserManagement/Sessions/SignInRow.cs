namespace Platform.UserManagement.Sessions;

/// <summary>A sign-in of an account, or an attempt with the wrong password.</summary>
internal sealed class SignInRow
{
    public const int AddressLength = 64;

    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required DateTime At { get; init; }
    public string? Address { get; init; }
    public required bool Succeeded { get; init; }

    public static SignInRow Of(Guid account, DateTimeOffset now, string? address, bool succeeded) =>
        new() { Id = Guid.CreateVersion7(now), AccountId = account, At = now.UtcDateTime, Address = address, Succeeded = succeeded };
}
