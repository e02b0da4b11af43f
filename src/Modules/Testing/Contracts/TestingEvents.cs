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

/// <summary>An appointment was moved to another place or time, or lost its place.</summary>
/// <param name="FromAt">UTC beginning of the former one.</param>
/// <param name="ToHotspot">Null when no other place was free: it is to be booked again.</param>
/// <param name="ByClosure">The hotspot closed; otherwise whoever asked moved it herself.</param>
public sealed record AppointmentMoved(
    Guid RequestId, Guid PatientId, Guid? RequestedBy, DateTime FromAt, string? ToHotspot, DateTime? ToAt, bool ByClosure) : IEvent;

/// <summary>There is no sample that can be examined: another is needed.</summary>
/// <param name="Why">Absent, NotPossible, Broken, Leaking, Unlabelled, NotUsable, Lost.</param>
public sealed record SampleFailed(Guid RequestId, Guid PatientId, Guid? RequestedBy, string Why, DateTime At) : IEvent;

/// <summary>The public-health office has decided on a proposed request.</summary>
/// <param name="State">Requested or Booked when authorised, Refused, MoreInformation.</param>
public sealed record SwabDecided(Guid RequestId, Guid PatientId, Guid? RequestedBy, SwabRequestState State, DateTime At) : IEvent;
