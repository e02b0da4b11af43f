using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.Patients.Contracts;
using Platform.Referti.LabMessages;
using Platform.Testing.Contracts;

namespace Platform.Referti.Unmatched;

/// <summary>A person entered the registry: results that waited for her find her.</summary>
internal sealed class WhenPatientRegistered(RefertiDb db, Placing placing) : IGroupReaction<PatientRegistered>
{
    public Task React(IReadOnlyList<Told<PatientRegistered>> told, CancellationToken cancellation) =>
        Retrying.Of(db, placing, [.. told.SelectMany(t => Retrying.CodesOf(t.Event.Patient))], null, cancellation);
}

/// <summary>A person's codice fiscale or data were put right: the same.</summary>
internal sealed class WhenPatientPutRight(RefertiDb db, Placing placing) : IReaction<PatientChanged>
{
    public Task React(Told<PatientChanged> told, CancellationToken cancellation) =>
        Retrying.Of(db, placing, Retrying.CodesOf(told.Event.Patient), null, cancellation);
}

/// <summary>A sample was registered after its result had come: the result finds it.</summary>
internal sealed class WhenSampleCollected(RefertiDb db, Placing placing) : IReaction<SampleCollected>
{
    public Task React(Told<SampleCollected> told, CancellationToken cancellation) =>
        Retrying.Of(db, placing, [], told.Event.AccessionNumber, cancellation);
}

internal static class Retrying
{
    private const int Most = 50;

    /// <summary>By any code she has, or had.</summary>
    public static IReadOnlyList<string> CodesOf(PatientSummary patient) => [.. patient.OtherCodes.Append(patient.FiscalCode).OfType<string>()];

    public static async Task Of(RefertiDb db, Placing placing, IReadOnlyList<string> codes, string? accession, CancellationToken cancellation)
    {
        if (codes.Count == 0 && accession is null)
            return;
        var bar = accession is null ? null : UnmatchedReport.Bar(accession);
        var waiting = await db.Unmatched
            .Where(u => u.State == UnmatchedState.Open && ((u.FiscalCode != null && codes.Contains(u.FiscalCode)) || (bar != null && u.Numbers.Contains(bar))))
            .OrderBy(u => u.ReceivedAt).Take(Most + codes.Count).ToListAsync(cancellation);
        foreach (var one in waiting.Where(u => WaitingReason.Of(u.ReasonCode).MayPass))
        {
            var message = await db.Messages.SingleAsync(m => m.Id == one.MessageId, cancellation);
            if (message.Answer == Hl7.AckCode.AA)
                await placing.Place(message, one.ReadingOf(), one, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
    }
}
