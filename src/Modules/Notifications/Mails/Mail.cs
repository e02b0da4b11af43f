using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Notifications.Mails;

internal enum MailState
{
    /// <summary>To be sent at <see cref="Mail.DueAt"/>; for ever where no mail server is configured.</summary>
    Waiting,

    /// <summary>Taken by the mail server.</summary>
    Sent,

    /// <summary>Refused for good, or tried too often; an operator may send it again.</summary>
    Failed,
}

/// <summary>An e-mail: a neutral text, without personal data and without health data.</summary>
[Shows(FieldClass.Contacts, "ToAddress")]
[Shows(FieldClass.Work, "Subject", "Body", "Language", "State", "CreatedAt", "DueAt", "SentAt", "AttemptCount", "LastError")]
internal sealed class Mail : IOfPatient
{
    public const int AddressLength = 120;
    public const int SubjectLength = 200;
    public const int BodyLength = 2000;
    public const int ErrorLength = 80;

    /// <summary>Attempts before it fails; the pauses between them add up to about a day.</summary>
    public const int Attempts = 8;

    public required Guid Id { get; init; }
    public required string ToAddress { get; init; }
    public required string Subject { get; init; }
    public required string Body { get; init; }
    public required string Language { get; init; }
    public required MailState State { get; init; }
    public required DateTime CreatedAt { get; init; }
    public DateTime? DueAt { get; init; }
    public DateTime? SentAt { get; init; }
    public int AttemptCount { get; init; }

    /// <summary>Kind of the last failure, never the server's words: they quote addresses.</summary>
    public string? LastError { get; init; }

    /// <summary>The citizen it goes to; null for a colleague.</summary>
    public Guid? PatientId { get; init; }

    Guid? IOfPatient.PatientOfRow => PatientId;

    /// <summary>After the nth failed attempt: 1 minute, 4, 16 … at most 8 hours.</summary>
    public static TimeSpan PauseAfter(int attempts) => TimeSpan.FromMinutes(Math.Min(Math.Pow(4, attempts - 1), 8 * 60));
}
