using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;

namespace Platform.Referti.Deliveries;

internal enum DeliveryChannel
{
    /// <summary>The inbox of those entitled, inside the platform.</summary>
    Inbox,

    /// <summary>To the citizen: that there is something, never what.</summary>
    Email,

    /// <summary>To the citizen who gave no address, printed and posted by her ASL.</summary>
    Letter,
}

internal enum DeliveryState
{
    /// <summary>With the mail server's queue, or to be printed.</summary>
    Waiting,

    /// <summary>In the inbox, taken by the mail server, or printed.</summary>
    Done,

    Failed,
}

/// <summary>Somebody was told, or is to be told, that a report is there: who, by what channel, when, and what came of it.</summary>
internal sealed class Delivery : IOfPatient, IVersioned
{
    public const int RecipientLength = 60;
    public const int ErrorLength = 80;
    public const string NoAddress = "no-address";
    public const string PersonUnknown = "person-unknown";

    public static readonly ScopeRule<Delivery> Scope = new ScopeRule<Delivery>().By(ScopeKind.Asl, d => d.AslCode);

    private Delivery()
    {
    }

    public Guid Id { get; private init; }
    public Guid ReportId { get; private init; }

    /// <summary>The version that caused it; of a letter not printed yet, the latest.</summary>
    public int ReportVersion { get; private set; }

    public Guid PatientId { get; private set; }
    public Guid? PatientOfRow => PatientId;

    /// <summary>Of the person, whose office follows up what fails.</summary>
    public string AslCode { get; private set; } = "";

    public DeliveryChannel Channel { get; private set; }

    /// <summary>A scope (<c>Asl:010301</c>), an account, or <c>citizen</c>: never a name or an address.</summary>
    public string Recipient { get; private init; } = "";

    public DeliveryState State { get; private set; }

    /// <summary>Of the mail that carries it.</summary>
    public Guid? MailId { get; private set; }

    public int Attempts { get; private set; }
    public DateTime CreatedAt { get; private init; }
    public DateTime? SettledAt { get; private set; }
    public string? Error { get; private set; }

    /// <summary>The printing it was in last.</summary>
    public Guid? RunId { get; private set; }

    public int Version { get; set; }

    public static Delivery ToInbox(Guid id, ReportIssued report, string recipient, DateTime now) =>
        new()
        {
            Id = id, ReportId = report.ReportId, ReportVersion = report.Version, PatientId = report.PatientId, AslCode = report.AslCode, Channel = DeliveryChannel.Inbox,
            Recipient = recipient, State = DeliveryState.Done, Attempts = 1, CreatedAt = now, SettledAt = now,
        };

    public static Delivery ToCitizen(Guid id, ReportIssued report, PatientSummary person, DateTime now) =>
        new()
        {
            Id = id, ReportId = report.ReportId, ReportVersion = report.Version, PatientId = person.Id, AslCode = person.AslCode, Recipient = "citizen",
            Channel = person.Email is null ? DeliveryChannel.Letter : DeliveryChannel.Email, State = DeliveryState.Waiting, CreatedAt = now,
            MailId = person.Email is null ? null : id, Attempts = person.Email is null ? 0 : 1,
        };

    /// <summary>A letter that nobody has printed yet will lead to the newest version anyhow.</summary>
    public void Cover(int version) => ReportVersion = version;

    public void MailSettled(bool sent, string? error, DateTime now) =>
        Settle(sent ? DeliveryState.Done : DeliveryState.Failed, sent ? null : error, now);

    public void Printed(Guid run, DateTime now)
    {
        Attempts++;
        RunId = run;
        Settle(DeliveryState.Done, null, now);
    }

    public void Fail(string error, DateTime now) => Settle(DeliveryState.Failed, error, now);

    /// <summary>What failed is sent once more, by the same channel or by letter.</summary>
    /// <returns>The mail to post; null for a letter, which waits to be printed.</returns>
    public Guid? Again(DeliveryChannel channel, Guid mail)
    {
        if (State != DeliveryState.Failed || Channel == DeliveryChannel.Inbox)
            throw new Refusal("not-failed", "Si rimanda solo una consegna fallita.");
        (Channel, State, SettledAt, Error) = (channel, DeliveryState.Waiting, null, null);
        MailId = channel == DeliveryChannel.Email ? mail : null;
        if (MailId is not null)
            Attempts++;
        return MailId;
    }

    private void Settle(DeliveryState state, string? error, DateTime now) =>
        (State, Error, SettledAt) = (state, Reports.ReportVersion.Fit(error, ErrorLength), now);
}

/// <summary>One printing of letters: printed again, each letter has a new code.</summary>
internal sealed class LetterRun
{
    public static readonly ScopeRule<LetterRun> Scope = new ScopeRule<LetterRun>().By(ScopeKind.Asl, r => r.AslCode);

    public required Guid Id { get; init; }
    public required string AslCode { get; init; }
    public required DateTime At { get; set; }
    public required string ByName { get; set; }
    public required int Letters { get; set; }
    public required int Times { get; set; }
}

internal sealed record DeliveryMove(DeliveryState? From, DeliveryState To, string By, string Means);

/// <summary>docs/states.md shows this table; a test compares the two.</summary>
internal static class DeliveryMoves
{
    public static readonly IReadOnlyList<DeliveryMove> Allowed =
    [
        new(null, DeliveryState.Waiting, "WhenReportIssuedThePersonIsTold", "a report was released: an e-mail where the citizen gave an address, a letter otherwise"),
        new(null, DeliveryState.Done, "WhenReportIssuedTheEntitledAreTold", "it is in the inbox of who is entitled"),
        new(DeliveryState.Waiting, DeliveryState.Done, "WhenMailSettled, PrintLetters", "the mail server took it, or the letter was printed"),
        new(DeliveryState.Waiting, DeliveryState.Failed, "WhenMailSettled, PrintLetters", "refused or given up after the last attempt; or no postal address is known"),
        new(DeliveryState.Failed, DeliveryState.Waiting, "DeliverAgain", "sent once more, by e-mail or by letter"),
        new(DeliveryState.Done, DeliveryState.Done, "PrintLetters", "printed again with its printing, with a new code"),
    ];
}
