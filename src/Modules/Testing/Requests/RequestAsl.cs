using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Testing.Requests;

/// <summary>An ASL beyond the second that sees a request: the person was made visible to several.</summary>
[Shows(FieldClass.Work)]
internal sealed class RequestAsl
{
    public required Guid RequestId { get; init; }
    public required string AslCode { get; init; }
}
