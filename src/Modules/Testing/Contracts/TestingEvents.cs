using Platform.BuildingBlocks.Messaging;

namespace Platform.Testing.Contracts;

/// <summary>A swab was requested, with its place in a hotspot.</summary>
/// <param name="SlotAt">UTC instant at which the slot begins.</param>
public sealed record SwabRequested(
    Guid RequestId, Guid PatientId, TestType TestType, string HotspotCode, DateTime SlotAt, Guid? RequestedBy) : IEvent;

/// <summary>The sample was taken.</summary>
public sealed record SampleCollected(Guid RequestId, Guid PatientId, string AccessionNumber, string LabCode, DateTime At) : IEvent;

/// <summary>The lab has the sample in its hands.</summary>
public sealed record SampleReceived(Guid RequestId, Guid PatientId, string AccessionNumber, string LabCode, DateTime At) : IEvent;

/// <summary>The request was withdrawn; its place is free again.</summary>
public sealed record SwabRequestCancelled(Guid RequestId, Guid PatientId, string HotspotCode, DateTime At) : IEvent;
