namespace Platform.Testing.Requests;

/// <summary>One more ASL that sees a request: of the person's domicile, or one to which she was made visible.</summary>
internal sealed class RequestAsl
{
    public required Guid RequestId { get; init; }
    public required string AslCode { get; init; }
}
