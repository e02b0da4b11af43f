using Platform.BuildingBlocks.Security.Fields;
using Platform.QuickSwabs.Contracts;

namespace Platform.QuickSwabs.Swabs;

internal enum SwabVersionKind
{
    Result,
    Correction,
    Annulment,
}

/// <summary>Something that was said of a test: its result, a correction, its annulment.</summary>
[Shows(FieldClass.Work)]
internal sealed class SwabVersion
{
    public const int ReasonLength = 200;

    public required Guid Id { get; init; }
    public required Guid SwabId { get; init; }
    public required int Number { get; init; }
    public required SwabVersionKind Kind { get; init; }
    public required QuickSwabResult? Result { get; init; }
    public required string? Reason { get; init; }
    public required DateTime At { get; init; }
    public required Guid? ById { get; init; }
    public required string ByName { get; init; }

    /// <summary>In the square on its slip; cannot be guessed.</summary>
    public required string VerificationCode { get; init; }
}
