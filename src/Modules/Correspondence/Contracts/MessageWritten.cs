using Platform.BuildingBlocks.Messaging;

namespace Platform.Correspondence.Contracts;

/// <summary>The public-health office of an ASL wrote to the doctor of a list, or the doctor to the office.</summary>
/// <param name="ToOffice">To the office; otherwise to the doctor.</param>
public sealed record MessageWritten(Guid ConversationId, Guid MessageId, string AslCode, string ListCode, bool ToOffice) : IEvent;
