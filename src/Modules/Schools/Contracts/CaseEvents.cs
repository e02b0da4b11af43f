using Platform.BuildingBlocks.Messaging;

namespace Platform.Schools.Contracts;

/// <summary>A class has a confirmed positive: the ASL is to decide.</summary>
/// <param name="FirstDay">Of the first positive sample.</param>
public sealed record SchoolCaseOpened(Guid CaseId, Guid ClassId, string SchoolCode, string AslCode, DateOnly FirstDay) : IEvent;

/// <summary>The ASL has decided on a class and on each person of it. It takes the place of what was decided before for the same case.</summary>
public sealed record ClassDecided(Guid DecisionId, Guid CaseId, Guid ClassId, string SchoolCode) : IEvent;

/// <summary>What a decision stood on turned out wrong: it does not hold, and everyone whom it concerned is to be told.</summary>
public sealed record DecisionReopened(Guid DecisionId, Guid CaseId, Guid ClassId, string SchoolCode, string AslCode, DateTime At) : IEvent;

/// <summary>The case is over: no measure of it holds any more.</summary>
public sealed record SchoolCaseEnded(Guid CaseId, Guid ClassId, string SchoolCode, DateTime At) : IEvent;
