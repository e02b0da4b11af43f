using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Platform.BuildingBlocks.Persistence;

namespace Platform.UserManagement.AuditLog;

/// <summary>Whose data an audit line is about.</summary>
internal enum AuditSubject
{
    /// <summary>Somebody of the registry.</summary>
    Person,

    /// <summary>A record of somebody whom nothing has matched with the registry yet.</summary>
    Record,

    /// <summary>Somebody's access to the platform.</summary>
    Account,
}

/// <summary>One look at, or one change of, one person's data or access. Lines are only ever appended, each sealed with
/// the one before: a changed or a removed line breaks the chain from there on.</summary>
internal sealed class AuditLine
{
    public const int ActorLength = 120;
    public const int ActionLength = 20;
    public const int WhatLength = 120;
    public const int TraceLength = 40;
    public const int ActingAsLength = 200;
    public const int FieldsLength = 80;
    public const int WhyLength = 300;
    public const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>What the first line follows.</summary>
    public static readonly byte[] Beginning = new byte[HashLength];

    /// <summary>From 1, without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>UTC, in whole milliseconds: engines keep different fractions, and the hash must not depend on them.</summary>
    public required DateTime At { get; init; }

    public Guid? ActorId { get; init; }
    public required string Actor { get; init; }
    public string? Address { get; init; }
    public required string Action { get; init; }
    public required string What { get; init; }
    public required AuditSubject Subject { get; init; }
    public required Guid SubjectId { get; init; }
    public string? Trace { get; init; }

    /// <summary>Roles and scopes that the actor held then, each as <c>Sisp/Asl/010301</c>, with blanks between.</summary>
    public string? ActingAs { get; init; }

    /// <summary>Classes of the fields that were shown, with blanks between: <c>address identity</c>.</summary>
    public string? Fields { get; init; }

    /// <summary>The reason she had to give: for a person outside her scope, for an export.</summary>
    public string? Why { get; init; }

    public required byte[] PreviousHash { get; init; }
    public byte[] Hash { get; set; } = [];

    /// <summary>SHA-256 of every field and the hash before; each field is preceded by its length,
    /// so that no two lines are written alike.</summary>
    public byte[] Seal()
    {
        var text = new StringBuilder(400);
        void Add(string? field) =>
            text.Append(CultureInfo.InvariantCulture, $"{field?.Length ?? -1}:").Append(field);
        Add(Sequence.ToString(CultureInfo.InvariantCulture));
        Add(At.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture));
        Add(ActorId?.ToString());
        Add(Actor);
        Add(Address);
        Add(Action);
        Add(What);
        Add(Subject.ToString());
        Add(SubjectId.ToString());
        Add(Trace);
        Add(ActingAs);
        Add(Fields);
        Add(Why);
        Add(Convert.ToHexStringLower(PreviousHash));
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }
}

/// <summary>The end of the chain: one row, which whoever appends takes first.</summary>
internal sealed class AuditHead : IVersioned
{
    public const int TheOne = 1;

    public required int Id { get; init; }
    public long Sequence { get; set; }
    public required byte[] Hash { get; set; }
    public int Version { get; set; }
}
