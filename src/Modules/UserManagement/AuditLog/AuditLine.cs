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

/// <summary>One look at, or one change of, one person's data or access, as it is read: a row of the log with its terms in words.</summary>
internal sealed class AuditLine
{
    public const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>What the first line follows.</summary>
    public static readonly byte[] Beginning = new byte[HashLength];

    public required long Sequence { get; init; }
    public required DateTime At { get; init; }
    public Guid? ActorId { get; init; }
    public required string Actor { get; init; }
    public string? Address { get; init; }
    public required string Action { get; init; }
    public required string What { get; init; }
    public required AuditSubject Subject { get; init; }
    public required Guid SubjectId { get; init; }
    public Guid? Trace { get; init; }

    /// <summary>Roles and scopes that the actor held then, each as <c>Sisp/Asl/010301</c>, with blanks between.</summary>
    public string? ActingAs { get; init; }

    /// <summary>Classes of the fields that were shown, with blanks between: <c>address identity</c>.</summary>
    public string? Fields { get; init; }

    /// <summary>The reason she had to give: for a person outside her scope, for an export.</summary>
    public string? Why { get; init; }

    public short Mark { get; init; }
    public byte[] Hash { get; init; } = [];

    /// <summary>SHA-256 of every field, in words: where they are kept does not count.</summary>
    public byte[] Own() => DigestOf(
        Sequence.ToString(CultureInfo.InvariantCulture), At.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture), ActorId?.ToString(), Actor, Address, Action, What,
        Subject.ToString(), SubjectId.ToString(), Trace?.ToString("N"), ActingAs, Fields, Why);

    /// <summary>The beginning of the line's own digest. It proves nothing: it tells a changed line from one that follows a line which was sealed anew.</summary>
    public static short MarkOf(byte[] own) => BitConverter.ToInt16(own);

    /// <summary>SHA-256 of the hash before and the line's own digest.</summary>
    public static byte[] Seal(byte[] previous, byte[] own) => SHA256.HashData([.. previous, .. own]);

    /// <summary>Each field is preceded by its length, so that no two lines are written alike.</summary>
    public static byte[] DigestOf(params ReadOnlySpan<string?> fields)
    {
        var text = new StringBuilder(400);
        foreach (var field in fields)
            text.Append(CultureInfo.InvariantCulture, $"{field?.Length ?? -1}:").Append(field);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }
}

/// <summary>A line as it is kept: 119 bytes, and no text. Lines are only ever appended, each sealed with the one before: a changed or a removed
/// line breaks the chain from there on.</summary>
internal sealed class LineRow
{
    /// <summary>UTC, in whole milliseconds: engines keep different fractions, and the hash must not depend on them.</summary>
    public required DateTime At { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public required long Sequence { get; init; }

    public required Guid SubjectId { get; init; }
    public Guid? Trace { get; init; }

    /// <summary>Number of an <see cref="AuditActor"/>.</summary>
    public required int Actor { get; init; }

    /// <summary>Number of an <see cref="AuditGuise"/>.</summary>
    public required int Guise { get; init; }

    /// <summary>Number of an <see cref="AuditAct"/>.</summary>
    public required short Act { get; init; }

    public required short Mark { get; init; }
    public required byte[] Hash { get; init; }
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
