using Platform.BuildingBlocks.Messaging;

namespace Platform.QuickSwabs.Contracts;

/// <summary>What an antigen test at the point of care showed.</summary>
public enum QuickSwabResult
{
    Negative,
    Positive,

    /// <summary>The control line did not appear: it says nothing, another test is needed.</summary>
    Invalid,
}

/// <summary>A quick swab as it is known after its first result or after a correction.</summary>
/// <param name="SwabId">The same in all events of one test.</param>
/// <param name="Version">1 for the first result, one more for each correction.</param>
/// <param name="PointCode">Who did it: a pharmacy, a doctor, a school, a hub.</param>
/// <param name="PointAsl">Ministry code of the ASL in whose territory the point stands.</param>
/// <param name="AslCode">Ministry code of the ASL in charge of the person.</param>
/// <param name="DeviceId">Number of the device in the common list of the EU (JRC): <c>1232</c>.</param>
/// <param name="DeviceName">As the common list has it, maker first.</param>
/// <param name="CollectedAt">UTC; when the sample was taken.</param>
/// <param name="ResultAt">UTC.</param>
/// <param name="ConfirmsCase">It is positive and by the rule of the day it is a confirmed case without any other test.</param>
/// <param name="MolecularAsked">It is positive and by the rule of the day a molecular swab is to confirm it.</param>
/// <param name="RequestId">The request of that swab, in Testing.</param>
public sealed record QuickSwabFacts(
    Guid SwabId, int Version, Guid PatientId, string PointCode, string PointName, string PointAsl, string AslCode, string DeviceId, string DeviceName,
    DateTime CollectedAt, DateTime ResultAt, QuickSwabResult Result, bool ConfirmsCase, bool MolecularAsked, Guid? RequestId);

/// <summary>An antigen test at the point of care has its result. Never told of one that is <see cref="QuickSwabResult.Invalid"/>.</summary>
public sealed record QuickSwabRecorded(QuickSwabFacts Swab) : IEvent;

/// <summary>The result that was recorded was wrong: this is the right one, which may be <see cref="QuickSwabResult.Invalid"/>.</summary>
/// <param name="Former">What it was taken for until now.</param>
public sealed record QuickSwabCorrected(QuickSwabFacts Swab, QuickSwabResult Former) : IEvent;

/// <summary>An ASL has admitted a point to quick swabs or taken it back, or suspended it.</summary>
/// <param name="MayTest">False when it is suspended.</param>
public sealed record QuickSwabPointDecided(Guid DecisionId, string PointCode, bool MayTest, DateTime At) : IEvent;

/// <summary>The test is void: another person's, or never done. Whatever followed from it does not hold.</summary>
/// <param name="Former">What it was taken for until now.</param>
public sealed record QuickSwabAnnulled(Guid SwabId, int Version, Guid PatientId, QuickSwabResult Former, DateTime At) : IEvent;
